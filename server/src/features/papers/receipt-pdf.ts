import { shanghaiDateTime } from '../../core/clock'
import { formatYuan } from '../../core/money'
import type { readReceipt } from '../payments'
import type { Row } from './pdf-sheet'
import { fact, figure, gap, heading, paragraph, tableRows } from './pdf-sheet'
import { said } from './words'

type Receipt = Awaited<ReturnType<typeof readReceipt>>

/** A receipt as it is printed; it speaks of what the bills kept alone. */
export function receiptRows(receipt: Receipt): Row[] {
  const { payment } = receipt
  return [
    fact(said.receiptNo, receipt.receiptNo),
    fact(said.payee, receipt.payeeName),
    fact(said.payer, receipt.payerMasked),
    fact(said.channel, receipt.channelName),
    fact(said.paidAt, payment.paidAt === null ? said.unknown : shanghaiDateTime(payment.paidAt)),
    ...(payment.tradeNo === null ? [] : [fact(said.tradeNo, payment.tradeNo)]),
    gap(3),
    figure(said.received, `${formatYuan(payment.keptFen ?? 0)} ${said.yuan}`, receipt.amountInCapitals),
    heading(said.paidFor),
    ...tableRows(
      [
        { title: said.bill, share: 0.34 },
        { title: said.account, share: 0.22 },
        { title: said.address, share: 0.26 },
        { title: said.amount, share: 0.18, right: true },
      ],
      payment.bills.map((bill) => [
        bill.title,
        bill.accountNoMasked,
        bill.shortAddress,
        formatYuan(bill.paidFen ?? 0),
      ]),
    ),
    gap(4),
    ...(payment.explanation === null ? [] : paragraph(payment.explanation)),
    ...paragraph(said.receiptNote),
  ]
}
