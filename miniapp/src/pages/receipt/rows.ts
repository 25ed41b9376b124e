import type { Receipt } from '../../api/types'
import { fullMoment, money, period } from '../../format'
import { restFacts } from '../../parts/money-of'
import { words } from '../../words'

/** The lines of a receipt, the same on the page and in the picture. */
export interface ReceiptRow {
  label: string
  value: string
}

/** A bill that the money did not reach was not paid by it. */
export const billRows = (receipt: Receipt): ReceiptRow[] =>
  receipt.payment.bills
    .map((bill) => ({ ...bill, paidFen: bill.paidFen ?? bill.amountFen }))
    .filter((bill) => bill.paidFen > 0)
    .flatMap((bill) => [
      { label: `${bill.companyName} ${period(bill.period)}`, value: money(bill.paidFen) },
      { label: bill.shortAddress, value: bill.accountNoMasked },
    ])

/** What the receipt is for: the sum that the bills kept, never the order's. */
export const receiptFen = ({ payment }: Receipt): number => payment.keptFen ?? payment.amountFen

const restRow = (label: string, fen: number): ReceiptRow => ({
  label,
  value: label === words.money.credited ? words.receipt.creditedBy(money(fen)) : money(fen),
})

export const factRows = (receipt: Receipt): ReceiptRow[] => [
  ...restFacts(receipt.payment).map(({ label, fen }) => restRow(label, fen)),
  { label: words.receipt.payer, value: receipt.payerMasked },
  { label: words.receipt.payee, value: receipt.payeeName },
  { label: words.receipt.method, value: receipt.channelName },
  ...(receipt.payment.paidAt === null
    ? []
    : [{ label: words.receipt.paidAt, value: fullMoment(receipt.payment.paidAt) }]),
  ...(receipt.payment.tradeNo === null
    ? []
    : [{ label: words.receipt.tradeNo, value: receipt.payment.tradeNo }]),
  { label: words.receipt.orderNo, value: receipt.payment.orderNo },
  { label: words.receipt.issuedAt, value: fullMoment(receipt.issuedAt) },
]
