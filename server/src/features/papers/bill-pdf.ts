import { shanghaiDateTime } from '../../core/clock'
import { formatYuan } from '../../core/money'
import type { getBill } from '../billing'
import type { Row } from './pdf-sheet'
import { fact, figure, gap, heading, paragraph, tableRows } from './pdf-sheet'
import { said } from './words'

type BillDetail = Awaited<ReturnType<typeof getBill>>

/** A bill as it is printed: what it asks for, what it is made of, and why. */
export function billRows(bill: BillDetail, accountNo: string): Row[] {
  const { reading, lateFee } = bill
  return [
    fact(said.account, accountNo),
    fact(said.address, bill.address),
    fact(said.bill, bill.title),
    fact(said.period, bill.period),
    ...(bill.dueOn === null ? [] : [fact(said.dueOn, bill.dueOn)]),
    ...(reading === null
      ? []
      : [
          fact(
            said.reading,
            `${reading.previous} → ${reading.current}，${reading.quantity} ${reading.unit}` +
              `（${said.readBy[reading.readBy]}${reading.readOn === null ? '' : ` ${reading.readOn}`}）`,
          ),
        ]),
    gap(3),
    figure(
      bill.state === 'paid' ? said.billPaid : said.owed,
      `${formatYuan(bill.state === 'paid' ? bill.amountFen : bill.owedFen)} ${said.yuan}`,
      `${said.billAmount} ${formatYuan(bill.amountFen)}，${said.billPaidSoFar} ${formatYuan(bill.paidFen)}`,
    ),
    ...(bill.lines.length === 0 ? [] : [heading(said.billLines)]),
    ...(bill.lines.length === 0
      ? []
      : tableRows(
          [
            { title: said.what, share: 0.34 },
            { title: said.quantity, share: 0.22 },
            { title: said.unitPrice, share: 0.22 },
            { title: said.amount, share: 0.22, right: true },
          ],
          bill.lines.map((line) => [
            line.label,
            line.quantity ?? '',
            line.unitPrice ?? '',
            formatYuan(line.amountFen),
          ]),
        )),
    gap(4),
    ...bill.why.flatMap((sentence) => paragraph(sentence)),
    ...(lateFee === null ? [] : paragraph(`${lateFee.words}（${lateFee.source}）`)),
    ...paragraph(`${said.billSource}：${bill.source.name}，${shanghaiDateTime(bill.source.asOf)}`),
  ]
}
