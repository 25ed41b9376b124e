import type { Receipt } from '../../api/types'
import { fullMoment, money, period } from '../../format'
import { words } from '../../words'

/** The lines of a receipt, the same on the page and in the picture. */
export interface ReceiptRow {
  label: string
  value: string
}

export const billRows = (receipt: Receipt): ReceiptRow[] =>
  receipt.payment.bills.flatMap((bill) => [
    { label: `${bill.companyName} ${period(bill.period)}`, value: money(bill.amountFen) },
    { label: bill.shortAddress, value: bill.accountNoMasked },
  ])

export const factRows = (receipt: Receipt): ReceiptRow[] => [
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
