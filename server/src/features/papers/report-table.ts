import { shanghaiDateTime } from '../../core/clock'
import type { ReportView } from './schema'
import type { Cell, Table } from './table'
import { said } from './words'

/** The report as a table to keep. A month without a figure is said to have none, never nought. */
export function reportTable(view: ReportView): Table {
  const { asOf, totals } = view
  return {
    name: said.report,
    above: [
      [view.companyName, said.report],
      [said.account, view.accountNo, view.address],
      [said.billsAsOf, asOf.bills === null ? said.unknown : shanghaiDateTime(asOf.bills)],
      [said.moneyAsOf, shanghaiDateTime(asOf.payments)],
      ...(view.usageNote === null ? [] : [[view.usageNote]]),
      ...(view.unknownReason === null ? [] : [[view.unknownReason]]),
      [],
    ],
    head: [
      said.month,
      said.billedYuan,
      said.paidYuan,
      said.refundedYuan,
      `${said.used}(${view.unit})`,
      said.note,
    ],
    widths: [12, 14, 14, 14, 14, 16],
    *rows() {
      for (const row of view.months)
        yield [
          row.month,
          { fen: row.billedFen },
          { fen: row.paidFen },
          { fen: row.refundedFen },
          usedOf(view, row.quantity),
          row.estimated ? said.estimated : '',
        ]
      yield [
        said.total,
        { fen: totals.billedFen },
        { fen: totals.paidFen },
        { fen: totals.refundedFen },
        null,
        '',
      ]
    },
  }
}

const usedOf = (view: ReportView, quantity: string | null): Cell =>
  quantity === null ? (view.kind === 'heating' ? '' : said.unknown) : { decimal: quantity }
