import { shanghaiDateTime } from '../../core/clock'
import { amountInCapitals, formatYuan } from '../../core/money'
import type { Row } from './pdf-sheet'
import { codeRow, fact, figure, gap, heading, paragraph, tableRows } from './pdf-sheet'
import type { ProofView } from './schema'
import { said } from './words'

/** A proof as it is printed: what was paid, and how anybody can see whether it is genuine and still so. */
export function proofRows(proof: ProofView, whose: { accountNo: string; address: string }): Row[] {
  return [
    fact(said.account, whose.accountNo),
    fact(said.address, whose.address),
    fact(said.paidAt, shanghaiDateTime(proof.paidAt)),
    fact(said.channel, said.channels[proof.channel]),
    gap(3),
    figure(said.proofPaid, `${formatYuan(proof.amountFen)} ${said.yuan}`, amountInCapitals(proof.amountFen)),
    fact(said.proofState, `${said.states[proof.state]}（${shanghaiDateTime(proof.asOf)}）`),
    ...(proof.refundedFen > 0 ? [fact(said.refundedYuan, formatYuan(proof.refundedFen))] : []),
    ...(proof.refundingFen > 0 ? [fact(said.refundingYuan, formatYuan(proof.refundingFen))] : []),
    heading(said.paidFor),
    ...tableRows(
      [
        { title: said.bill, share: 0.56 },
        { title: said.period, share: 0.22 },
        { title: said.amount, share: 0.22, right: true },
      ],
      proof.items.map(({ title, period, amountFen }) => [title, period, formatYuan(amountFen)]),
    ),
    heading(said.checkTitle),
    codeRow(proof.verifyUrl, [proof.code, said.checkScan, said.checkType, proof.verifyUrl]),
    ...paragraph(said.checkNote),
  ]
}
