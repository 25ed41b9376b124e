import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { backoff } from '../../core/jobs/define'
import { outsideTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { WritebackRow } from './entities'
import {
  companiesWaiting,
  countWaiting,
  drainFailures,
  endWriteback,
  keepDrain,
  nextWritebacks,
  noteFailedWriteback,
  releaseDrain,
  takeDrain,
} from './writeback-store'

const LEASE_MS = 60_000
const BATCH = 100
const rest = backoff(5_000, 600_000)

/**
 * Hands settled money to each company's own billing system, one posting after another in the order of settling.
 * One process drains a company at a time. A system that is away makes its company rest, longer each time up to
 * ten minutes; money keeps being accepted meanwhile and the queue is a gauge (F33, F60).
 */
export async function drainWritebacks(ctx: Ctx): Promise<void> {
  const companies = await companiesWaiting(ctx.db.reader)
  await Promise.all(companies.map((companyId) => drainCompany(ctx, companyId)))
}

let running: Promise<void> | null = null
let wanted = false

/** Drains soon after a commit; the schedule is what guarantees it. */
export function wakeWritebacks(ctx: Ctx): void {
  wanted = true
  if (ctx.config.environment === 'test') return
  running ??= outsideTransaction(async () => {
    while (wanted) {
      wanted = false
      await drainWritebacks(ctx).catch((error: unknown) =>
        ctx.log.error({ err: error }, 'writebacks.wake-failed'),
      )
    }
  }).finally(() => {
    running = null
  })
}

async function drainCompany(ctx: Ctx, companyId: string): Promise<void> {
  const token = ctx.ids.token(16)
  const lease = (): number => ctx.clock.now() + LEASE_MS
  const taken = await inTransaction(ctx, (tx) =>
    takeDrain(tx, companyId, { token, nowMs: ctx.clock.now(), untilMs: lease() }),
  )
  if (!taken) return
  let failed = false
  for (let more = true; more && !failed; ) {
    const batch = await nextWritebacks(ctx.db.reader, companyId, BATCH)
    more = batch.length === BATCH
    for (const row of batch) {
      if (!(await inTransaction(ctx, (tx) => keepDrain(tx, companyId, token, lease())))) return
      failed = !(await postOne(ctx, row))
      if (failed) break
    }
  }
  const failures = failed ? await drainFailures(ctx.db.reader, companyId) : 0
  const notBefore = failed ? ctx.clock.now() + rest(failures + 1) : 0
  await inTransaction(ctx, (tx) => releaseDrain(tx, companyId, token, { failed, notBefore }))
  ctx.metrics.queueDepth.set(
    { queue: `writeback:${companyId}` },
    await countWaiting(ctx.db.reader, companyId),
  )
}

/** True when the row is finished with; false when the system could not be reached and order says to wait. */
async function postOne(ctx: Ctx, row: WritebackRow): Promise<boolean> {
  try {
    const answer = await ctx.platforms.utility(row.companyId).postReceipt({
      serial: row.serial,
      kind: row.kind,
      companyId: row.companyId,
      accountNo: row.accountNo,
      billKey: row.billKey,
      amountFen: row.amountFen,
      paidAt: row.paidAt,
      channel: row.channel,
      tradeNo: row.tradeNo,
    })
    const state = answer.state === 'accepted' ? 'done' : 'refused'
    await inTransaction(ctx, (tx) =>
      endWriteback(tx, row.id, { state, code: answer.code, nowMs: ctx.clock.now() }),
    )
    // A refusal will not change by asking again; it is shown to staff and must not block everybody behind it.
    if (state === 'refused') ctx.log.error({ serial: row.serial, code: answer.code }, 'writebacks.refused')
    return true
  } catch (error) {
    const code = isAppError(error) ? (error.detail ?? error.code) : String(error)
    await inTransaction(ctx, (tx) => noteFailedWriteback(tx, row.id, code))
    ctx.log.warn({ serial: row.serial, code }, 'writebacks.unreachable')
    return false
  }
}
