import { DAY_MS } from '../clock'
import type { CoreCtx } from '../context'
import { inTransaction, isDuplicate, placeholders, type Tx } from '../db/database'
import { col, defineTable } from '../db/tables'
import { AppError } from '../errors'
import { inputHash } from '../ids'
import type { Schedule } from '../jobs/define'

interface ResidentActRow {
  id: string
  /** The resident's id, or the staff member's. */
  residentId: string
  clientId: string
  operation: string
  /** Keyed, because an input may be a phone number and its code, which a plain hash would not hide. */
  inputHash: string
  /** JSON sealed by the vault; null while the act runs. */
  answerSealed: string | null
  startedAt: number
  doneAt: number | null
}

/** One row for each thing that a person meant to do, so that a repeat is known as one. */
export const residentActTable = defineTable<ResidentActRow>('resident_act', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    clientId: col.key(64),
    operation: col.key(64),
    inputHash: col.key(64),
    answerSealed: col.text().orNull(),
    startedAt: col.instant(),
    doneAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { resident_act_by_client: ['residentId', 'clientId'] },
  indexes: { resident_act_by_start: ['startedAt'] },
})

/** Far longer than any act may take, so what is older was left behind by a process that died. */
const ABANDONED_MS = 30_000
const KEPT_DAYS = 7
const BATCH_ROWS = 500
const MOST_BATCHES = 20

export interface Act {
  /** Whoever meant it: a resident's id or a staff member's. Both are ULIDs and never equal. */
  readonly actorId: string
  readonly operation: string
  readonly clientId: string
  readonly input: unknown
  /** Told when the answer is the one that was kept, and nothing was done. */
  readonly onRepeat?: () => void
}

/**
 * Runs a person's act once per client id. The same id with the same input gives the kept answer; with another
 * operation or input it is an `idempotency_conflict`; while the first is still running it is `busy`. An act that
 * was refused is forgotten, so that the same id, sent again after the cause was mended, is judged anew.
 */
export async function actOnce<T>(ctx: CoreCtx, act: Act, run: () => Promise<T>): Promise<unknown> {
  const hash = ctx.vault.index('resident-act', inputHash([act.operation, act.input]))
  const begun = await begin(ctx, act, hash)
  if ('answer' in begun) {
    act.onRepeat?.()
    return begun.answer
  }
  let answer: T
  try {
    answer = await run()
  } catch (error) {
    await inTransaction(ctx, (tx) =>
      tx.execute('DELETE FROM resident_act WHERE id = ? AND startedAt = ?', [begun.id, begun.startedAt]),
    ).catch((lost: unknown) => ctx.log.warn({ err: lost }, 'acts.not-forgotten'))
    throw error
  }
  // What the resident asked for has happened: failing now would only invite them to ask for it once more.
  await inTransaction(ctx, (tx) =>
    tx.execute('UPDATE resident_act SET answerSealed = ?, doneAt = ? WHERE id = ? AND startedAt = ?', [
      ctx.vault.seal(JSON.stringify(answer)),
      ctx.clock.now(),
      begun.id,
      begun.startedAt,
    ]),
  ).catch((lost: unknown) => ctx.log.error({ err: lost, operation: act.operation }, 'acts.not-kept'))
  return answer
}

type Begun = { readonly id: string; readonly startedAt: number } | { readonly answer: unknown }

async function begin(ctx: CoreCtx, act: Act, hash: string): Promise<Begun> {
  const residentId = act.actorId
  const startedAt = ctx.clock.now()
  const id = ctx.ids.next()
  try {
    await inTransaction(ctx, (tx) =>
      tx.insert(residentActTable, {
        id,
        residentId,
        clientId: act.clientId,
        operation: act.operation,
        inputHash: hash,
        answerSealed: null,
        startedAt,
        doneAt: null,
      }),
    )
    return { id, startedAt }
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return inTransaction(ctx, (tx) => comeAgain(tx, ctx, { residentId, act, hash, now: startedAt }))
}

async function comeAgain(
  tx: Tx,
  ctx: CoreCtx,
  again: { residentId: string; act: Act; hash: string; now: number },
): Promise<Begun> {
  const [row] = await tx.query<ResidentActRow>(
    `SELECT * FROM resident_act WHERE residentId = ? AND clientId = ?${tx.forUpdate}`,
    [again.residentId, again.act.clientId],
  )
  // The first one was refused and forgotten in this very moment; the client's next try is judged anew.
  if (!row) throw stillRunning()
  if (row.operation !== again.act.operation || row.inputHash !== again.hash)
    throw new AppError('idempotency_conflict')
  if (row.answerSealed !== null) return { answer: JSON.parse(ctx.vault.open(row.answerSealed)) as unknown }
  if (again.now - Number(row.startedAt) < ABANDONED_MS) throw stillRunning()
  await tx.execute('UPDATE resident_act SET startedAt = ? WHERE id = ?', [again.now, row.id])
  return { id: row.id, startedAt: again.now }
}

const stillRunning = (): AppError =>
  new AppError('busy', { message: '上一次提交还在处理，请稍等一下再试。', retryAfterSeconds: 1 })

/** Two residents turned out to be one person: what was begun under the old id is found under the new one. */
export async function moveActs(tx: Tx, fromResidentId: string, intoResidentId: string): Promise<void> {
  try {
    await tx.execute('UPDATE resident_act SET residentId = ? WHERE residentId = ?', [
      intoResidentId,
      fromResidentId,
    ])
  } catch (error) {
    // Both used one client id, which only a client that invents ids badly does. A failed UPDATE leaves the rest
    // of the transaction whole on both engines, and losing the memory of repeats is no reason to refuse.
    if (!isDuplicate(error)) throw error
  }
}

/** Forgets acts that nobody repeats any more, in small transactions and with an upper bound per run. */
export const forgetActsHourly: Schedule<CoreCtx> = {
  name: 'core.forget-acts',
  everyMs: 3_600_000,
  run: async (ctx) => {
    const before = ctx.clock.now() - KEPT_DAYS * DAY_MS
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      if ((await inTransaction(ctx, (tx) => deleteActs(tx, before))) < BATCH_ROWS) break
    }
  },
}

async function deleteActs(tx: Tx, before: number): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM resident_act WHERE startedAt < ? ORDER BY startedAt LIMIT ${BATCH_ROWS}`,
    [before],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `DELETE FROM resident_act WHERE id IN (${placeholders(rows.length)})`,
    rows.map((row) => row.id),
  )
}
