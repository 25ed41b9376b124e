import { shanghaiDateTime, shanghaiDay } from '../../core/clock'
import type { StatementView } from './schema'
import type { Cell, Table } from './table'
import { said } from './words'

const fen = (amount: number | null): Cell => (amount === null ? said.unknown : { fen: amount })

/** A statement as a table to keep: what it is of and from when, then each movement with the balance after it. */
export function statementTable(view: StatementView): Table {
  const { sums, asOf } = view
  return {
    name: said.statement,
    above: [
      [view.companyName, said.statement],
      [said.account, view.accountNo, view.address],
      [said.span, `${view.from} ${said.until} ${view.to}`],
      [said.billsAsOf, asOf.bills === null ? said.unknown : shanghaiDateTime(asOf.bills)],
      [said.moneyAsOf, shanghaiDateTime(asOf.payments)],
      [said.opening, fen(view.openingFen)],
      ...sumRows(sums).map(([label, amount]): Cell[] => [label, { fen: amount }]),
      [said.closing, fen(view.closingFen)],
      ...(view.unknownReason === null ? [] : [[view.unknownReason]]),
      ...view.notes.map((note) => [note]),
      [],
    ],
    head: said.lineHead,
    widths: [12, 16, 34, 12, 12, 14, 14, 20],
    *rows() {
      for (const line of view.lines)
        yield [
          shanghaiDay(line.at),
          said.kinds[line.kind],
          line.title,
          line.period,
          line.channel === null ? '' : said.channels[line.channel],
          { fen: line.fen },
          fen(view.openingFen === null ? null : line.balanceFen),
          line.asOf === null ? '' : shanghaiDateTime(line.asOf),
        ]
    },
  }
}

/** The sums that are not nought, in the order in which they are read; bills and payments always. */
export function sumRows(sums: StatementView['sums']): (readonly [string, number])[] {
  const rows: readonly (readonly [string, number, boolean])[] = [
    [said.sums.billed, sums.billedFen, true],
    [said.sums.paid, sums.paidFen, true],
    [said.sums.elsewhere, sums.elsewhereFen, false],
    [said.sums.credited, sums.creditedFen, false],
    [said.sums.reduced, sums.reducedFen, false],
    [said.sums.refunded, sums.refundedFen, false],
  ]
  return rows.flatMap(([label, amount, always]) => (always || amount !== 0 ? [[label, amount] as const] : []))
}
