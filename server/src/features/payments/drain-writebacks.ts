import { inTransaction, type Tx } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { backoff } from '../../core/jobs/define'
import type { UtilityAnswer, UtilityReading } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { WritebackRow } from './entities'
import { insertException } from './store'
import {
  companiesWaiting,
  countWaiting,
  drainFailures,
  endWritebacks,
  keepDrain,
  nextWritebacks,
  noteFailedWriteback,
  readingContents,
  releaseDrain,
  setAside,
  takeDrain,
} from './writeback-store'

/** Longer than one chunk can take; what a killed process held is free again after it. */
const LEASE_MS = 20_000
const BATCH = 100
/** So many postings are marked in one transaction. A kill before the mark repeats them under their serials. */
const MARK_EVERY = 20
const MARK_AFTER_MS = 10_000
/** One turn takes so many batches at the most; the next turn, seconds later, goes on. */
const BATCHES_PER_TURN = 20
/** A refused posting is tried again this often and this long; the billing system may learn of the bill meanwhile. */
const ASIDE_MS = 3_600_000
const REFUSED_AFTER = 168
const rest = backoff(5_000, 600_000)

/**
 * Hands settled money, and readings of meters, to each company's own billing system, one posting after another in
 * the order in which they were promised.
 * One process drains a company at a time. A system that is away makes its company rest, longer each time up to
 * ten minutes; money keeps being accepted meanwhile and the queue is a gauge (F33, F60).
 */
export async function drainWritebacks(ctx: Ctx): Promise<void> {
  const companies = await companiesWaiting(ctx.db.reader, ctx.clock.now())
  await Promise.all(companies.map((companyId) => drainCompany(ctx, companyId)))
}

async function drainCompany(ctx: Ctx, companyId: string): Promise<void> {
  const token = ctx.ids.token(16)
  const lease = (): number => ctx.clock.now() + LEASE_MS
  const taken = await inTransaction(ctx, (tx) =>
    takeDrain(tx, companyId, { token, nowMs: ctx.clock.now(), untilMs: lease() }),
  )
  if (!taken) return
  let failed = false
  let progressed = false
  for (let turn = 0, more = true; more && !failed && turn < BATCHES_PER_TURN; turn++) {
    const batch = await nextWritebacks(ctx.db.reader, companyId, { nowMs: ctx.clock.now(), limit: BATCH })
    more = batch.length === BATCH
    for (let done = 0; done < batch.length && !failed; ) {
      if (!(await inTransaction(ctx, (tx) => keepDrain(tx, companyId, token, lease())))) return
      const posted = await postSome(ctx, batch.slice(done, done + MARK_EVERY))
      done += posted.length
      progressed ||= posted.some(({ state }) => state !== 'unreachable')
      failed = posted.some(({ state }) => state === 'unreachable')
    }
  }
  // A system that took something before it failed is not away, so its rests begin anew.
  const before = failed && !progressed ? await drainFailures(ctx.db.reader, companyId) : 0
  const failures = failed ? before + 1 : 0
  const notBefore = failed ? ctx.clock.now() + rest(failures) : 0
  await inTransaction(ctx, (tx) => releaseDrain(tx, companyId, token, { failures, notBefore }))
  ctx.metrics.queueDepth.set(
    { queue: `writeback:${companyId}` },
    await countWaiting(ctx.db.reader, companyId),
  )
}

interface Posted {
  readonly row: WritebackRow
  readonly state: 'done' | 'refused' | 'unreachable'
  readonly code: string
}

/** Posts one after another until one cannot be posted or the mark is due, then writes down how each ended. */
async function postSome(ctx: Ctx, rows: readonly WritebackRow[]): Promise<Posted[]> {
  const started = ctx.clock.now()
  const posted: Posted[] = []
  const readings = rows.flatMap(({ id, kind }) => (kind === 'reading' ? [id] : []))
  const contents = await readingContents(ctx.db.reader, readings)
  for (const row of rows) {
    const end = await postOne(ctx, row, contents.get(row.id))
    posted.push(end)
    if (end.state === 'unreachable' || ctx.clock.now() - started >= MARK_AFTER_MS) break
  }
  await inTransaction(ctx, (tx) => mark(tx, ctx, posted))
  return posted
}

async function mark(tx: Tx, ctx: Ctx, posted: readonly Posted[]): Promise<void> {
  const accepted = posted.filter(({ state }) => state === 'done')
  const codes = [...new Set(accepted.map(({ code }) => code))]
  for (const code of codes) {
    const ids = accepted.filter((one) => one.code === code).map(({ row }) => row.id)
    await endWritebacks(tx, ids, { state: 'done', code, nowMs: ctx.clock.now() })
  }
  for (const { row, state, code } of posted) {
    if (state === 'refused') await putAside(tx, ctx, row, code)
    if (state === 'unreachable') await noteFailedWriteback(tx, row.id, code)
  }
}

/** Out of the way of those behind it, back in an hour, and on the staff's list from the first time on (F60). */
async function putAside(tx: Tx, ctx: Ctx, row: WritebackRow, code: string): Promise<void> {
  const nowMs = ctx.clock.now()
  if (row.attempts >= REFUSED_AFTER) return endWritebacks(tx, [row.id], { state: 'refused', code, nowMs })
  await setAside(tx, row.id, { code, notBefore: nowMs + ASIDE_MS })
  if (row.attempts > 0) return
  await insertException(tx, {
    id: ctx.ids.next(),
    paymentId: null,
    noticeRowId: null,
    writebackId: row.id,
    code: row.kind === 'reading' ? 'reading_refused' : 'writeback_refused',
    detail: `${row.companyId} refuses ${row.serial}: ${code}`,
    createdAt: nowMs,
  })
}

function handOver(ctx: Ctx, row: WritebackRow, content: string | undefined): Promise<UtilityAnswer> {
  const utility = ctx.platforms.utility(row.companyId)
  const { serial, kind, companyId, accountNo, billKey, amountFen, paidAt, channel, tradeNo } = row
  if (kind === 'reading' || channel === 'none') {
    if (content === undefined) throw new Error(`the reading ${serial} has no content`)
    // Only postBackReading writes these, and it writes a UtilityReading.
    return utility.postReading(JSON.parse(content) as UtilityReading)
  }
  return utility.postReceipt({
    serial,
    kind,
    companyId,
    accountNo,
    billKey,
    amountFen,
    paidAt,
    channel,
    tradeNo,
  })
}

/** `unreachable`: nothing is known, and order says to wait with all that follows. */
async function postOne(ctx: Ctx, row: WritebackRow, content: string | undefined): Promise<Posted> {
  try {
    const answer = await handOver(ctx, row, content)
    if (answer.state === 'accepted') return { row, state: 'done', code: answer.code }
    ctx.log.error({ serial: row.serial, code: answer.code }, 'writebacks.refused')
    return { row, state: 'refused', code: answer.code }
  } catch (error) {
    const code = isAppError(error) ? (error.detail ?? error.code) : String(error)
    ctx.log.warn({ serial: row.serial, code }, 'writebacks.unreachable')
    return { row, state: 'unreachable', code }
  }
}
