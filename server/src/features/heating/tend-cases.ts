import { DAY_MS } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { yuanInWords } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { gaveBackOf } from '../payments'
import { stepsOf } from '../requests'
import { changed } from './case-states'
import { casesToLookAt, lockCaseOfHome, roundsOf, saveCase, saveRound } from './case-store'
import { cityRulesOf } from './city-rules'
import type { CaseRow } from './entities'
import { lookAtCase, type LookedCase, type LookedRound } from './look-at-case'
import { dueAtOf } from './take-up'
import { paidInWords, tellOfCase } from './tell'

const BATCH = 200
/** While somebody is to come and measure, and while only days are counted. */
const SOON_MS = 60_000
const LATER_MS = 3_600_000
/** So long after the approval it is looked whether the money has arrived. */
export const PAYING_MS = 300_000

/**
 * The clock's look at cases: finds that nobody came in time, tells what was measured, and ends the counting when a
 * re-test or the season has ended it.
 */
export async function tendCases(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (const id of await casesToLookAt(ctx.db.reader, ctx.clock.now(), BATCH)) {
    if (stopping?.aborted) return
    const visits = await visitEndsOf(ctx, id)
    await inTransaction(ctx, (tx) => tendCase(tx, ctx, id, visits))
  }
}

async function visitEndsOf(ctx: Ctx, caseId: string): Promise<ReadonlyMap<string, number>> {
  const requestIds = (await roundsOf(ctx.db.reader, [caseId])).map(({ requestId }) => requestId)
  const visits = await appointmentOf(ctx, requestIds)
  return new Map([...visits].map(([requestId, { slot }]) => [requestId, slot.endsAt]))
}

async function tendCase(tx: Tx, ctx: Ctx, id: string, visits: ReadonlyMap<string, number>): Promise<void> {
  const row = await lockCaseOfHome(tx, id)
  if (row === null || row.nextLookAt === null) return
  const now = ctx.clock.now()
  if (row.state === 'final') return endSilent(tx, ctx, row)
  if (row.state === 'approved') return tellPaid(tx, ctx, row)
  if (row.state !== 'open') return saveCase(tx, { ...row, nextLookAt: null })
  const before = await lookAtCase(tx, ctx, row)
  for (const round of before.rounds) await tendRound(tx, ctx, round, visits.get(round.requestId) ?? null)
  const looked = await lookAtCase(tx, ctx, row)
  if (looked.rounds.length === 0)
    return saveCase(
      tx,
      changed(row, now, { state: 'closed', openSlot: null, closedAt: now, nextLookAt: null }),
    )
  const { refund } = looked
  await tellFindings(tx, ctx, looked)
  const counted = { amountFen: refund.amountFen, reckonedAt: now, told: refund.findings.length }
  if (refund.isOver) return endCounting(tx, ctx, looked, counted)
  const waits = looked.rounds.some((round) => round.visits.length === 0 || isAtWork(round))
  await saveCase(tx, changed(row, now, { ...counted, nextLookAt: now + (waits ? SOON_MS : LATER_MS) }))
}

/** What was measured may be signed in a minute, and ends the counting then. */
const isAtWork = ({ request }: LookedRound): boolean => ['on-the-way', 'on-site'].includes(request.state)

/** Whether somebody came in time, under the time that was agreed on last. While the resident asked to wait, it stands. */
async function tendRound(tx: Tx, ctx: Ctx, round: LookedRound, visitEndsAt: number | null): Promise<void> {
  if (round.missedAt !== null) return clearMissed(tx, round, round.missedAt)
  if (round.visits.length > 0) return
  const now = ctx.clock.now()
  const city = cityRulesOf(ctx, round.request.companyId, round.requestedAt)
  if (city === null) return
  const { state, holdReason } = round.request
  const held = state === 'on-hold' && holdReason === 'customer' ? now + LATER_MS : 0
  const dueAt = Math.max(round.dueAt, dueAtOf(city, round.requestedAt, visitEndsAt), held)
  const waits = ['submitted', 'accepted', 'returned', 'dispatched', 'on-the-way', 'on-hold'].includes(
    round.request.state,
  )
  const missed = dueAt <= now && waits && !(await cameBy(tx, round.requestId, dueAt))
  if (missed || dueAt !== round.dueAt)
    await saveRound(tx, { requestId: round.requestId, dueAt, missedAt: missed ? dueAt : null })
}

/** A worker without a network was there in time and could only say so later. */
async function clearMissed(tx: Tx, round: LookedRound, missedAt: number): Promise<void> {
  const measured = round.visits.some(({ at }) => at <= missedAt)
  if (!measured && !(await cameBy(tx, round.requestId, missedAt))) return
  await saveRound(tx, { requestId: round.requestId, dueAt: round.dueAt, missedAt: null })
}

async function cameBy(tx: Tx, requestId: string, dueAt: number): Promise<boolean> {
  return (await stepsOf(tx, requestId)).some(({ kind, at }) => kind === 'move:arrive' && Number(at) <= dueAt)
}

async function tellFindings(tx: Tx, ctx: Ctx, { row, refund }: LookedCase): Promise<void> {
  const last = refund.findings.at(-1)
  if (last === undefined || refund.findings.length <= row.told || refund.isOver) return
  const sum = refund.amountFen === null ? '' : `，到今天退 ${yuanInWords(refund.amountFen)} 元`
  await tellOfCase(tx, ctx, row, {
    step: `finding:${refund.findings.length}`,
    state: '有了测温结果',
    remark: `${last}${sum}`,
  })
}

async function endCounting(
  tx: Tx,
  ctx: Ctx,
  { row, refund }: LookedCase,
  counted: Pick<CaseRow, 'amountFen' | 'reckonedAt' | 'told'>,
): Promise<void> {
  const now = ctx.clock.now()
  // The season ended before anybody measured anything: there is no sum to agree with.
  if (refund.amountFen === null)
    return saveCase(
      tx,
      changed(row, now, { state: 'closed', openSlot: null, closedAt: now, nextLookAt: null }),
    )
  const final = changed(row, now, {
    ...counted,
    state: 'final',
    refund: JSON.stringify(refund),
    finalAt: now,
    nextLookAt: now + silentMs(ctx),
  })
  await saveCase(tx, final)
  await tellOfCase(tx, ctx, final, {
    step: `final:${final.version}`,
    state: refund.amountFen === 0 ? '测温合格' : '请确认退费金额',
    remark:
      refund.amountFen === 0
        ? (refund.findings.at(-1) ?? '没有要退的天数')
        : `退 ${yuanInWords(refund.amountFen)} 元，请看计算过程`,
  })
}

/** Who has said nothing to a sum of nothing for so long is done with; a refund waits for the company's approval. */
async function endSilent(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  const now = ctx.clock.now()
  const over = row.finalAt !== null && now >= row.finalAt + silentMs(ctx)
  if (!over || row.amountFen !== 0) return saveCase(tx, { ...row, nextLookAt: null })
  await saveCase(tx, changed(row, now, { state: 'closed', openSlot: null, closedAt: now, nextLookAt: null }))
}

/** Looks until the money has arrived, and says so once. What is stuck stands on the staff's list of troubles. */
async function tellPaid(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  const back = await gaveBackOf(tx, row.number)
  const isDone = back.state === 'done'
  await saveCase(tx, { ...row, nextLookAt: isDone ? null : ctx.clock.now() + LATER_MS })
  if (isDone) await tellOfCase(tx, ctx, row, { step: 'paid', state: '退费已完成', remark: paidInWords(back) })
}

export const silentMs = ({ config }: Pick<Ctx, 'config'>): number => config.heating.silentDays * DAY_MS
