import type { Bill } from '../api/types'
import { money, period } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { billStatus } from '../status'
import { Tag } from '../ui/tag'
import { words } from '../words'
import { said } from './words'

/** Bills as a table: columns can be compared, and are printed as they stand. */
export function BillTable({ bills }: { bills: readonly Bill[] }) {
  const nowMs = useNow()
  return (
    <table className="hall-table" id="bill-table">
      <caption>{said.bills.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.bills.period}</th>
          <th scope="col">{said.bills.title}</th>
          <th scope="col" className="hall-sum">
            {said.bills.amount}
          </th>
          <th scope="col" className="hall-sum">
            {said.bills.owed}
          </th>
          <th scope="col">{said.bills.state}</th>
        </tr>
      </thead>
      <tbody>
        {bills.map((bill) => (
          <tr key={bill.id} onClick={() => go('bill', { billId: bill.id })}>
            <td>
              {/* The row takes the mouse; this is what a keyboard and a screen reader find. */}
              <span role="link" tabIndex={0} className="hall-link">
                {period(bill.period)}
              </span>
            </td>
            <td>{bill.title}</td>
            <td className="hall-sum num">{money(bill.amountFen)}</td>
            <td className="hall-sum num">{bill.state === 'open' ? money(bill.owedFen) : '—'}</td>
            <td>
              <Tag {...billStatus(bill, nowMs)} />
              {bill.estimated ? <Tag text={words.bills.estimated} tone="warn" /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
