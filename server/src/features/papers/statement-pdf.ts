import { shanghaiDateTime, shanghaiDay } from '../../core/clock'
import { formatYuan } from '../../core/money'
import type { Row } from './pdf-sheet'
import { fact, figure, gap, heading, paragraph, tableRows } from './pdf-sheet'
import type { StatementView } from './schema'
import { sumRows } from './statement-table'
import { said } from './words'

const yuan = (fen: number | null): string => (fen === null ? said.unknown : formatYuan(fen))

/** A statement as it is printed. */
export function statementRows(view: StatementView): Row[] {
  const { asOf } = view
  return [
    fact(said.account, view.accountNo),
    fact(said.address, view.address),
    fact(said.span, `${view.from} ${said.until} ${view.to}`),
    fact(said.billsAsOf, asOf.bills === null ? said.unknown : shanghaiDateTime(asOf.bills)),
    fact(said.moneyAsOf, shanghaiDateTime(asOf.payments)),
    gap(3),
    figure(said.closing, yuan(view.closingFen), `${said.opening} ${yuan(view.openingFen)}`),
    ...sumRows(view.sums).map(([label, fen]) => fact(label, yuan(fen))),
    ...(view.unknownReason === null ? [] : paragraph(view.unknownReason)),
    heading(said.lines),
    ...(view.lines.length === 0
      ? paragraph(said.noLines)
      : tableRows(
          [
            { title: said.day, share: 0.13 },
            { title: said.what, share: 0.15 },
            { title: said.note, share: 0.36 },
            { title: said.period, share: 0.12 },
            { title: said.amount, share: 0.12, right: true },
            { title: said.balance, share: 0.12, right: true },
          ],
          view.lines.map((line) => [
            shanghaiDay(line.at),
            said.kinds[line.kind],
            line.channel === null ? line.title : `${line.title}（${said.channels[line.channel]}）`,
            line.period,
            yuan(line.fen),
            yuan(view.openingFen === null ? null : line.balanceFen),
          ]),
        )),
    gap(4),
    ...view.notes.flatMap((note) => paragraph(note)),
  ]
}
