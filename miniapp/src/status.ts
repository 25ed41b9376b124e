import type { Bill, OwedGroup, Owed, Payment, RequestSummary } from './api/types'
import { clockOf, due, money, yuan } from './format'
import { words } from './words'
import { written } from './format-words'

/** Pure decisions about what a state is called and how it looks. A colour never stands without its word. */
export type Tone = 'ok' | 'warn' | 'bad' | 'plain' | 'accent'
export interface Status {
  text: string
  tone: Tone
}

/** Who has a bill in hand: an order of mine, somebody else of the household for a while yet, or nobody. */
export function holdOf(
  bill: Pick<Bill, 'heldByPaymentId' | 'heldByOtherUntil'>,
  nowMs: number,
): 'mine' | 'other' | 'free' {
  if (bill.heldByPaymentId !== null) return 'mine'
  return bill.heldByOtherUntil !== null && bill.heldByOtherUntil > nowMs ? 'other' : 'free'
}

/** Why a bill cannot be paid this moment, and from when it can; null when it can. */
export function holdSentence(bill: Bill, nowMs: number): string | null {
  const hold = holdOf(bill, nowMs)
  if (hold === 'mine') return words.bill.held
  if (hold === 'free' || bill.heldByOtherUntil === null) return null
  // Rounded up: at the minute that is promised it can be paid.
  const minute = Math.ceil(bill.heldByOtherUntil / 60_000) * 60_000
  return words.bill.heldByOther(clockOf(minute, nowMs))
}

/** Word and tone of a bill. */
export function billStatus(bill: Bill, nowMs: number): Status {
  if (bill.state === 'paid') return { text: words.bills.paid, tone: 'ok' }
  if (bill.state === 'cancelled') return { text: words.bills.cancelled, tone: 'plain' }
  if (holdOf(bill, nowMs) !== 'free') return { text: words.bills.held, tone: 'accent' }
  if (bill.dueOn) {
    const day = due(bill.dueOn, nowMs)
    return { text: day.text, tone: day.late ? 'bad' : 'warn' }
  }
  return { text: words.bills.open, tone: 'warn' }
}

/** Word and tone of a payment in the list of records. */
export function paymentStatus(state: Payment['state']): Status {
  const tones: Record<Payment['state'], Tone> = {
    preparing: 'warn',
    waiting: 'warn',
    paid: 'ok',
    closed: 'plain',
    refunding: 'warn',
    refunded: 'plain',
    credited: 'ok',
  }
  return { text: words.records.states[state], tone: tones[state] }
}

/** The tone of a request's state; its words come from the server. */
export function requestTone(state: RequestSummary['state']): Tone {
  if (state === 'resolved' || state === 'closed') return 'ok'
  if (state === 'cancelled') return 'plain'
  return state === 'on-the-way' || state === 'on-site' ? 'accent' : 'warn'
}

/** What the home page says about one address, or about all of them when `address` is null. */
export interface OwedSummary {
  /** null when no figure at all is known; never 0 for unknown. */
  totalFen: number | null
  missing: readonly string[]
  groups: readonly OwedGroup[]
  /** Oldest of the known figures, so that "as of" never promises too much. */
  asOf: number | null
  /** Kept at the companies from money that was not needed. */
  creditFen: number
}

/** What lies at the companies as credit; null when nothing does. */
export const creditNote = (summary: OwedSummary): string | null =>
  summary.creditFen > 0 ? words.home.credit(yuan(summary.creditFen)) : null

export function summarize(owed: Owed, address: string | null): OwedSummary {
  const groups =
    address === null ? owed.groups : owed.groups.filter((group) => group.shortAddress === address)
  const known = groups.filter((group) => group.owedFen !== null)
  const missing = groups.filter((group) => group.owedFen === null).map((group) => words.kindFee[group.kind])
  const times = known.flatMap((group) => (group.asOf === null ? [] : [group.asOf]))
  return {
    totalFen:
      known.length === 0 && groups.length > 0
        ? null
        : known.reduce((sum, group) => sum + (group.owedFen ?? 0), 0),
    missing: [...new Set(missing)],
    groups,
    asOf: times.length === 0 ? owed.asOf : Math.min(...times),
    creditFen: groups.reduce((sum, group) => sum + group.creditFen, 0),
  }
}

/** The line under a group's title: what the figure stands for, or why there is none. */
export function groupNote(group: OwedGroup, nowMs: number): string {
  if (group.owedFen === null) {
    const reason = group.unknownReason ?? words.home.later
    return reason.startsWith(words.home.cannotGet) ? reason : written.titled(words.home.cannotGet, reason)
  }
  const open = group.bills.filter((bill) => bill.owedFen > 0)
  const first = open[0]
  if (!first) return group.companyName
  if (open.length > 1) return `${group.companyName} · ${words.home.billCount(open.length)}`
  return first.dueOn ? `${group.companyName} · ${due(first.dueOn, nowMs).text}` : group.companyName
}

/** The late fee within what a group owes, as a tag's text; null when there is none. */
export function lateFeeTag(group: OwedGroup): string | null {
  const lateFen = group.bills.reduce((sum, bill) => sum + (bill.owedFen > 0 ? bill.lateFeeFen : 0), 0)
  return group.owedFen !== null && lateFen > 0 ? words.home.lateFee(money(lateFen).replace('¥', '')) : null
}

/** Widths in percent of the tiers' bar: what is used of each tier, and how wide each tier is drawn. */
export interface TierPart {
  widthPercent: number
  filledPercent: number
  current: boolean
}

/**
 * `bounds` are the upper ends of the tiers that have one; the last tier is open and drawn as long as half the
 * bounded part, or as long as the use needs. Text that is no number draws nothing.
 */
export function tierParts(used: string, bounds: readonly string[], current: number): TierPart[] {
  const ends = bounds.map((bound) => Number.parseFloat(bound))
  const quantity = Number.parseFloat(used)
  const last = ends[ends.length - 1]
  if (last === undefined || last <= 0 || Number.isNaN(quantity) || ends.some((end) => Number.isNaN(end)))
    return []
  const top = Math.max(last * 1.3, quantity)
  return [...ends, top].map((end, index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0)
    const length = Math.max(end - start, 0)
    const filled = Math.min(Math.max(quantity - start, 0), length)
    return {
      widthPercent: (length / top) * 100,
      filledPercent: length === 0 ? 0 : (filled / length) * 100,
      current: index + 1 === current,
    }
  })
}
