import type { Payment } from '../api/types'
import { fullMoment, money } from '../format'
import { restSentence, shownFen } from '../parts/money-of'
import { go } from '../routes'
import { paymentStatus } from '../status'
import { Tag } from '../ui/tag'
import { words } from '../words'
import { said } from './words'

/** Payments as a table, newest first. */
export const RecordTable = ({ payments }: { payments: readonly Payment[] }) => (
  <table className="hall-table" id="record-table">
    <caption>{said.records.caption}</caption>
    <thead>
      <tr>
        <th scope="col">{said.records.when}</th>
        <th scope="col">{said.records.what}</th>
        <th scope="col">{said.records.payee}</th>
        <th scope="col">{said.records.channel}</th>
        <th scope="col" className="hall-sum">
          {said.records.amount}
        </th>
        <th scope="col">{said.records.state}</th>
      </tr>
    </thead>
    <tbody>
      {payments.map((payment) => (
        <RecordRow key={payment.id} payment={payment} />
      ))}
    </tbody>
  </table>
)

function RecordRow({ payment }: { payment: Payment }) {
  const rest = restSentence(payment)
  return (
    <tr onClick={() => go('result', { paymentId: payment.id, wallet: 'cancelled' })}>
      <td className="num">{fullMoment(payment.paidAt ?? payment.createdAt)}</td>
      <td>
        <span role="link" tabIndex={0} className="hall-link">
          {words.records.bills(payment.bills[0]?.title ?? payment.payeeName, payment.bills.length)}
        </span>
        {rest === null ? null : <div className="t-3">{rest}</div>}
      </td>
      <td>{payment.payeeName}</td>
      <td>{words.channels[payment.channel]}</td>
      <td className="hall-sum num">{money(shownFen(payment))}</td>
      <td>
        <Tag {...paymentStatus(payment.state)} />
      </td>
    </tr>
  )
}
