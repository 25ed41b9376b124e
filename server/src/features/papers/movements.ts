import { SHANGHAI_OFFSET_MS, shanghaiDayStart } from '../../core/clock'
import type { AccountBill } from '../billing'
import type { AccountPayment } from '../payments'
import type { MovementKind } from './schema'

/** One change of what a household owes. The signed amounts of all movements up to a moment are the balance at it. */
export interface Movement {
  readonly kind: MovementKind
  readonly at: number
  /** Fen; positive where more is owed, negative where less is. */
  readonly fen: number
  readonly title: string
  readonly period: string
  readonly billId: string | null
  readonly paymentId: string | null
  readonly channel: 'wechat' | 'alipay' | null
  /** From when the company's figure is; null for what happened here. */
  readonly asOf: number | null
}

/** Of what happened in the same moment the bill stands before its payment. */
const ORDER: readonly MovementKind[] = [
  'bill',
  'elsewhere',
  'changed',
  'cancelled',
  'payment',
  'credited',
  'reduction',
  'refund',
]

/**
 * A household's account from its bills and the money that came for them, oldest first. A bill counts from the end of its
 * period, or from when it came to us where that was earlier. Money for bills that are not among these, because they are of
 * another's time there, is left out, whole.
 */
export function movementsOf(bills: readonly AccountBill[], payments: readonly AccountPayment[]): Movement[] {
  const known = new Set(bills.map(({ id }) => id))
  const allocated = new Map<string, number>()
  for (const { items } of payments)
    for (const { billId, allocatedFen } of items)
      allocated.set(billId, (allocated.get(billId) ?? 0) + allocatedFen)
  return [
    ...bills.flatMap((bill) => ofBill(bill, allocated.get(bill.id) ?? 0)),
    ...payments.flatMap((payment) => ofPayment(payment, known)),
  ]
    .filter(({ fen, kind }) => fen !== 0 || kind === 'bill')
    .toSorted((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/** When a bill is reckoned to have been made. */
function dayOfBill({ period, createdAt }: Pick<AccountBill, 'period' | 'createdAt'>): number {
  return Math.min(createdAt, endOfPeriod(period) ?? createdAt)
}

/** The last moment of a month, or of a heating season's second year's April; null for another text. */
function endOfPeriod(period: string): number | null {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(period) ?? []
  const [, , second] = /^(\d{4})-(\d{4})$/.exec(period) ?? []
  if (second !== undefined) return shanghaiDayStart(`${second}-05-01`) - 1
  if (year === undefined || month === undefined) return null
  return Date.UTC(Number(year), Number(month), 1) - SHANGHAI_OFFSET_MS - 1
}

function ofBill(bill: AccountBill, allocatedFen: number): Movement[] {
  const { id, title, period, asOf, before } = bill
  const base = { title, period, billId: id, paymentId: null, channel: null, asOf }
  const at = dayOfBill(bill)
  const amounts = [...before.map(({ amountFen }) => amountFen), bill.amountFen]
  return [
    { ...base, kind: 'bill', at, fen: amounts[0] ?? 0 },
    ...before.map(
      ({ replacedAt }, index): Movement => ({
        ...base,
        kind: 'changed',
        at: replacedAt,
        fen: (amounts[index + 1] ?? 0) - (amounts[index] ?? 0),
      }),
    ),
    // What the bill says was paid and did not come through us came to the company, which does not say when.
    { ...base, kind: 'elsewhere', at, fen: allocatedFen - bill.paidFen },
    ...(bill.state === 'cancelled'
      ? [{ ...base, kind: 'cancelled' as const, at: bill.updatedAt, fen: -bill.amountFen }]
      : []),
  ]
}

function ofPayment(payment: AccountPayment, known: ReadonlySet<string>): Movement[] {
  const items = payment.items.filter(({ billId }) => known.has(billId))
  const [first] = items
  if (first === undefined) return []
  const sum = (of: (item: (typeof items)[number]) => number) =>
    items.reduce((total, item) => total + of(item), 0)
  const base = {
    title: items.length > 1 ? `${first.title}等${items.length}笔` : first.title,
    period: first.shownPeriod,
    billId: items.length > 1 ? null : first.billId,
    paymentId: payment.id,
    channel: payment.channel,
    asOf: null,
  }
  const paidFen = sum(({ amountFen }) => amountFen)
  const restFen = paidFen - sum(({ allocatedFen }) => allocatedFen)
  const creditedFen = Math.min(restFen, payment.creditedFen)
  const surplus = payment.refunds.find(({ billId }) => billId === null)
  const ruled = payment.refunds.filter(({ billId }) => billId !== null && known.has(billId))
  const wentBack = ({ endedAt, state }: { endedAt: number | null; state: string }): number | null =>
    state === 'succeeded' ? endedAt : null
  return [
    { ...base, kind: 'payment', at: payment.paidAt, fen: -paidFen },
    { ...base, kind: 'credited', at: payment.paidAt, fen: creditedFen },
    ...ofRefund(base, 'refund', surplus ? wentBack(surplus) : null, restFen - creditedFen),
    ...ruled.flatMap((refund) => [
      ...ofRefund(base, 'reduction', refund.createdAt, -refund.amountFen),
      ...ofRefund(base, 'refund', wentBack(refund), refund.amountFen),
    ]),
  ]
}

const ofRefund = (
  base: Omit<Movement, 'kind' | 'at' | 'fen'>,
  kind: MovementKind,
  at: number | null,
  fen: number,
): Movement[] => (at === null ? [] : [{ ...base, kind, at, fen }])
