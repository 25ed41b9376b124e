import type { Reader } from '../../core/db/database'
import { creditsOfHouseholds, shownPeriod } from '../billing'
import { itemsOfPayment, type PaidItem, paidItems, refundsOf } from './account-store'

/** One order as far as it is for a household, and what became of its money. All amounts are fen. */
export interface HouseholdOrder {
  readonly id: string
  readonly residentId: string
  readonly orderNo: string
  readonly channel: 'wechat' | 'alipay'
  /** Null until the money came. */
  readonly paidAt: number | null
  /** This household's bills in the order: what was paid for each, and what of it the bill took. */
  readonly items: readonly AccountItem[]
  /** Of the whole order, oldest first. `billId` is set where a rule gives back a part of that bill. */
  readonly refunds: readonly AccountRefund[]
  /** What of it the bills did not take and the company keeps for the household, instead of giving it back. */
  readonly creditedFen: number
}

/** One whose money came. */
export type AccountPayment = HouseholdOrder & { readonly paidAt: number }

type AccountItem = Pick<PaidItem, 'billId' | 'title' | 'period' | 'amountFen' | 'allocatedFen'> & {
  /** As people read it, such as 2026-10 or 2026-2027. */
  readonly shownPeriod: string
}

interface AccountRefund {
  readonly billId: string | null
  readonly amountFen: number
  readonly state: string
  readonly createdAt: number
  readonly endedAt: number | null
}

/** Every settled payment for bills of this household, whoever made it, oldest first. */
export async function accountPayments(reader: Reader, householdId: string): Promise<AccountPayment[]> {
  const orders = await grouped(reader, householdId, await paidItems(reader, householdId))
  return orders.filter((order): order is AccountPayment => order.paidAt !== null)
}

/** One order, paid or not, as far as it is for this household; null where it is not. */
export async function householdOrder(
  reader: Reader,
  of: { readonly paymentId: string; readonly householdId: string },
): Promise<HouseholdOrder | null> {
  return (await grouped(reader, of.householdId, await itemsOfPayment(reader, of)))[0] ?? null
}

async function grouped(
  reader: Reader,
  householdId: string,
  items: readonly PaidItem[],
): Promise<HouseholdOrder[]> {
  const ids = [...new Set(items.map(({ paymentId }) => paymentId))]
  const [refunds, credits] = await Promise.all([
    refundsOf(reader, ids),
    creditsOfHouseholds(reader, [householdId]),
  ])
  return ids.flatMap((id) => {
    const own = items.filter(({ paymentId }) => paymentId === id)
    const [first] = own
    if (first === undefined) return []
    const { residentId, orderNo, channel, paidAt } = first
    return [
      {
        id,
        residentId,
        orderNo,
        channel,
        paidAt,
        items: own.map((item) => ({ ...item, shownPeriod: shownPeriod(item.period) })),
        refunds: refunds.filter(({ paymentId }) => paymentId === id),
        creditedFen: credits
          .filter(({ paymentId }) => paymentId === id)
          .reduce((sum, { amountFen }) => sum + amountFen, 0),
      },
    ]
  })
}
