import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Keys, Person } from '../../core/personal/declare'
import { type Ended, endRows } from '../../core/personal/end-rows'
import type { Ctx } from '../../platforms/context'
import { endResident, personOf } from '../identity'
import type { ClosureRow } from './entities'
import { declaredBy, keysOf, register } from './register'
import { lockClosure, saveClosure } from './store'

/** The log's word for it, which outlives the database: what a restored backup brings back is ended by it (end-again.ts). */
export const ACCOUNT_ENDED = 'privacy.account-ended'

/**
 * Ends an account whose time has come. First nobody can be this person any more, in one transaction with what leads to
 * the rest of the rows, sealed; then feature by feature, the highest first, rows are deleted or emptied as the register
 * says. It may be cut anywhere and run again. What is still needed, such as the contact of a repair that is under way,
 * is looked at again every day until nothing is left; so is what came in while the rest was ending.
 */
export async function endAccount(ctx: Ctx, closureId: string, signal?: AbortSignal): Promise<void> {
  const begun = await begin(ctx, closureId)
  if (begun === null) return
  const { person } = begun
  const keys = await keysOf(ctx, person)
  const report = await endAll(ctx, person, keys, signal)
  signal?.throwIfAborted()
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    const row = await lockClosure(tx, closureId)
    if (row === null) return
    const waiting = report.reduce((sum, { table, kept }) => sum + (waits(table) ? kept : 0), 0)
    const isFirst = row.endedAt === null
    // One more look on the day after, for what a platform or a colleague wrote meanwhile.
    const lookAt = isFirst || waiting > 0 ? now + DAY_MS : null
    await saveClosure(tx, {
      ...row,
      state: 'ended',
      openSlot: null,
      endedAt: row.endedAt ?? now,
      personSealed: lookAt === null ? null : row.personSealed,
      report: JSON.stringify(isFirst ? report : joined(row.report, report)),
      waiting,
      lookAt,
    })
    if (isFirst)
      await recordAudit(tx, ctx, {
        action: 'privacy.endAccount',
        actor: 'system',
        object: `resident:${row.residentId}`,
        detail: { tables: report.length, rows: report.reduce((sum, { ended }) => sum + ended, 0), waiting },
      })
  })
  ctx.log.info({ closureId, residentIds: person.residentIds, tables: report.length }, ACCOUNT_ENDED)
}

/** Null when it was withdrawn, or nothing is left to do. */
async function begin(ctx: Ctx, closureId: string): Promise<{ person: Person } | null> {
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    const row = await lockClosure(tx, closureId)
    if (row === null || row.state === 'withdrawn') return null
    if (row.personSealed !== null) return { person: JSON.parse(ctx.vault.open(row.personSealed)) as Person }
    if (row.state !== 'asked' || Number(row.dueAt) > now) return null
    const person = await personOf(tx, ctx, row.residentId)
    const ending: ClosureRow = {
      ...row,
      state: 'ending',
      personSealed: ctx.vault.seal(JSON.stringify(person)),
    }
    await saveClosure(tx, ending)
    await endResident(tx, person.residentIds, now)
    return { person }
  })
}

async function endAll(ctx: Ctx, person: Person, keys: Keys, signal?: AbortSignal): Promise<Ended[]> {
  const report: Ended[] = []
  for (const { tables, endOwn } of declaredBy.toReversed()) {
    if (endOwn !== undefined) await endOwn(ctx, person)
    for (const declared of tables.toReversed()) {
      signal?.throwIfAborted()
      const ended = await endRows(ctx, register, declared, keys, signal)
      if (ended !== null) report.push(ended)
    }
  }
  return report
}

/** Whether rows of this table that were kept end later, when nobody needs them any more. */
function waits(table: string): boolean {
  const end = register.get(table)?.end
  return end?.act === 'blank' && end.unless !== undefined
}

/** What a later look ended is added to the counts of the first; what is kept is what is kept now. */
function joined(before: string | null, now: readonly Ended[]): Ended[] {
  const all = new Map((before === null ? [] : (JSON.parse(before) as Ended[])).map((one) => [one.table, one]))
  for (const one of now)
    all.set(one.table, { ...one, ended: Math.max(one.ended, all.get(one.table)?.ended ?? 0) })
  return [...all.values()]
}
