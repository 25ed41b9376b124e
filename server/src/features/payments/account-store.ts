import { placeholders, type Reader } from '../../core/db/database'
import type { PaymentBillRow, PaymentRow, RefundRow } from './entities'

export type PaidItem = Pick<
  PaymentBillRow,
  'paymentId' | 'billId' | 'title' | 'period' | 'amountFen' | 'allocatedFen'
> &
  Pick<PaymentRow, 'residentId' | 'orderNo' | 'channel' | 'paidAt'>

/** More than a household pays in fifty years. */
const ITEMS_MAX = 5000
const AT_ONCE = 500

const ITEMS = `SELECT b.paymentId, b.billId, b.title, b.period, b.amountFen, b.allocatedFen,
    p.residentId, p.orderNo, p.channel, p.paidAt
  FROM payment_bill AS b JOIN payment AS p ON p.id = b.paymentId`

/** What came for the bills of a household, by the household's own index. */
export function paidItems(reader: Reader, householdId: string): Promise<PaidItem[]> {
  return reader.query<PaidItem>(
    `${ITEMS} WHERE b.householdId = ? AND p.paidAt IS NOT NULL
      ORDER BY p.paidAt, p.id, b.period, b.billId LIMIT ${ITEMS_MAX}`,
    [householdId],
  )
}

/** What one order, paid or not, is for of this household. */
export function itemsOfPayment(
  reader: Reader,
  of: { readonly paymentId: string; readonly householdId: string },
): Promise<PaidItem[]> {
  return reader.query<PaidItem>(
    `${ITEMS} WHERE b.paymentId = ? AND b.householdId = ? ORDER BY b.period, b.billId`,
    [of.paymentId, of.householdId],
  )
}

export async function refundsOf(reader: Reader, paymentIds: readonly string[]): Promise<RefundRow[]> {
  const found: RefundRow[] = []
  for (let start = 0; start < paymentIds.length; start += AT_ONCE) {
    const ids = paymentIds.slice(start, start + AT_ONCE)
    found.push(
      ...(await reader.query<RefundRow>(
        `SELECT * FROM refund WHERE paymentId IN (${placeholders(ids.length)}) ORDER BY id`,
        ids,
      )),
    )
  }
  return found
}
