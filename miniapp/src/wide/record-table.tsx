import type { Payment } from '../api/types'
import { fullMoment, money } from '../format'
import { restSentence, shownFen } from '../parts/money-of'
import { go } from '../routes'
import { paymentStatus } from '../status'
import { Tag } from '../ui/tag'
import { words } from '../words'
import { said } from './words'

const heads = said.records

/** Payments as a table, newest first. */
export const RecordTable = ({ payments }: { payments: readonly Payment[] }) => (
  <table className="hall-table" id="record-table">
    <caption>{heads.caption}</caption>
    <thead>
      <tr>
        <th scope="col">{heads.when}</th>
        <th scope="col">{heads.what}</th>
        <th scope="col">{heads.payee}</th>
        <th scope="col">{heads.channel}</th>
        <th scope="col" className="hall-sum">
          {heads.amount}
        </th>
        <th scope="col">{heads.state}</th>
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
