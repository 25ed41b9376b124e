import { monotonicMs, shanghaiDay } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { budgetsLeft } from './choose-channel'
import type { DeliveryRow, MessageRow, RestRow } from './entities'
import { readOutlook, type Outlook, restKey } from './outlook'
import { dueRows, endRows, insertDeliveries, type RowEnd, takeRows, waitingRows } from './outgoing-store'
import { type Plan, planMessage, type Send } from './plan-message'
import { allRests, claimProbe } from './rest-store'
import { Tally } from './tally-store'

export interface Batch {
  readonly token: string
  readonly leaseUntil: number
  readonly claimedAt: number
  /** By a clock that nobody sets. */
  readonly claimedAtMono: number
  readonly sends: readonly Send[]
  readonly rests: Outlook['rests']
  /** How many rows were taken, sent or not. */
  readonly size: number
}

/**
 * Takes what is due, decides what becomes of each row, and writes in the same transaction over which channel it is about
 * to be sent. Null when nothing is due.
 */
export async function claimBatch(ctx: Ctx): Promise<Batch | null> {
  const { batch: limit, leaseMs } = ctx.config.messages
  const now = ctx.clock.now()
  const claim = { token: ctx.ids.token(16), leaseUntil: now + leaseMs }
  const claimedAtMono = monotonicMs()
  return inTransaction(ctx, async (tx) => {
    const rows = await dueNow(tx, now, limit)
    if (rows.length === 0) return null
    const outlook = await readOutlook(tx, ctx, rows)
    const budgets = budgetsLeft(ctx, outlook)
    const plans = await withProbes(
      tx,
      outlook,
      rows.map((row) => planMessage(ctx, outlook, row, budgets)),
    )
    await settle(tx, plans, now)
    const sends = plans.flatMap((plan) => (plan.kind === 'send' ? plan.send : []))
    for (const [trying, ids] of byChannel(sends)) await takeRows(tx, ids, { ...claim, trying, now })
    return { ...claim, claimedAt: now, claimedAtMono, sends, rests: outlook.rests, size: rows.length }
  })
}

/** Urgent ones, then what waited for a channel that works again, then the others. */
async function dueNow(tx: Tx, now: number, limit: number): Promise<MessageRow[]> {
  const rows = new Map<string, MessageRow>()
  const add = (some: readonly MessageRow[]): void => some.forEach((row) => rows.set(row.id, row))
  add(await dueRows(tx, 0, now, limit))
  const rests = (await allRests(tx)).filter(({ templateId }) => templateId === '*')
  for (const rest of rests) {
    const room = rest.restsUntil === null ? limit - rows.size : mayProbe(rest, now) ? 1 : 0
    if (room > 0) add(await waitingRows(tx, rest.channel, room))
  }
  for (const urgency of [1, 2]) if (rows.size < limit) add(await dueRows(tx, urgency, now, limit - rows.size))
  return [...rows.values()]
}

function mayProbe(rest: RestRow, now: number): boolean {
  return rest.restsUntil !== null && rest.probeAt !== null && Number(rest.probeAt) <= now
}

/** One message of each channel whose time for a probe has come goes out, in one process of all. */
async function withProbes(tx: Tx, outlook: Outlook, plans: readonly Plan[]): Promise<Plan[]> {
  const probing = new Set<Plan>()
  const asked = new Set<string>()
  for (const plan of plans) {
    if (plan.kind !== 'wait' || asked.has(plan.send.choice.channel.name)) continue
    const { name } = plan.send.choice.channel
    asked.add(name)
    const rest = outlook.rests.get(restKey(name))
    if (!rest || !mayProbe(rest, outlook.now)) continue
    // Should the probe be lost, the next one is not sooner than the rest was long.
    const nextProbeAt = outlook.now + Math.max(1000, Number(rest.restsUntil) - Number(rest.updatedAt))
    if (await claimProbe(tx, name, { now: outlook.now, nextProbeAt })) probing.add(plan)
  }
  return plans.map((plan) =>
    plan.kind === 'wait' && probing.has(plan) ? { kind: 'send', send: { ...plan.send, probe: true } } : plan,
  )
}

/** Writes down what needs no sending: ends, rows that are held back, rows that wait for a channel. */
async function settle(tx: Tx, plans: readonly Plan[], now: number): Promise<void> {
  const tally = new Tally()
  const ends = new RowEnds()
  const lost: DeliveryRow[] = []
  for (const plan of plans) {
    if (plan.kind === 'hold')
      ends.add(plan.message.id, { state: 'due', dueAt: plan.dueAt, waitsFor: null, uncounted: false })
    if (plan.kind === 'wait') ends.add(plan.message.id, { ...waiting(plan.send), uncounted: false })
    if (plan.kind !== 'end') continue
    ends.add(plan.message.id, { state: plan.state, dueAt: null, waitsFor: null, uncounted: false })
    tallyMessage(tally, plan.message, plan.state, now)
    const { trying } = plan.message
    if (trying === null) continue
    tallyDelivery(tally, plan.message, { channel: trying, state: 'unknown' }, now)
    lost.push(lostDelivery(plan.message, trying, now))
  }
  await ends.save(tx, null)
  await insertDeliveries(tx, lost)
  await tally.save(tx)
}

/** An attempt whose end nobody wrote down. */
function lostDelivery(message: MessageRow, channel: string, now: number): DeliveryRow {
  return {
    messageId: message.id,
    channel,
    state: 'unknown',
    platformCode: 'not-written-down',
    platformMessageId: null,
    costFen: 0,
    startedAt: Number(message.tryingSince ?? now),
    endedAt: now,
    reportedAt: null,
  }
}

function byChannel(sends: readonly Send[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { message, choice } of sends) {
    const known = ids.get(choice.channel.name)
    if (known) known.push(message.id)
    else ids.set(choice.channel.name, [message.id])
  }
  return ids
}

/** Keeps its place in the queue of its channel; when it expires before that works again, the queue of all has it. */
export function waiting(send: Send): RowEnd {
  return {
    state: 'due',
    dueAt: Number(send.message.expiresAt),
    waitsFor: send.choice.channel.name,
    uncounted: true,
  }
}

/** Rows that end alike are written in one statement. */
export class RowEnds {
  private readonly groups = new Map<string, { end: RowEnd; ids: string[] }>()

  add(id: string, end: RowEnd): void {
    const key = `${end.state}|${end.dueAt}|${end.waitsFor}|${end.uncounted}`
    const group = this.groups.get(key)
    if (group) group.ids.push(id)
    else this.groups.set(key, { end, ids: [id] })
  }

  /** Answers how many rows were still the token's; null where the transaction has locked the rows itself. */
  async save(tx: Tx, token: string | null): Promise<number> {
    let held = 0
    for (const { end, ids } of this.groups.values()) held += await endRows(tx, ids, token, end)
    return held
  }
}

type Counted = Pick<MessageRow, 'companyId' | 'template' | 'bulkId'>

const counted = (message: Counted, now: number) => ({
  day: dayOf(now),
  companyId: message.companyId ?? '',
  template: message.template,
  bulkId: message.bulkId ?? '',
})

let lastDay = { now: Number.NaN, day: '' }

/** A batch counts all its messages at one moment. */
function dayOf(now: number): string {
  if (lastDay.now !== now) lastDay = { now, day: shanghaiDay(now) }
  return lastDay.day
}

export function tallyMessage(tally: Tally, message: Counted, state: string, now: number, n = 1): void {
  tally.add({ ...counted(message, now), channel: 'inbox', state }, n)
}

export function tallyDelivery(
  tally: Tally,
  message: Counted,
  what: { readonly channel: string; readonly state: string; readonly costFen?: number; readonly n?: number },
  now: number,
): void {
  const { channel, state, costFen = 0, n = 1 } = what
  tally.add({ ...counted(message, now), channel, state }, n, costFen)
}
