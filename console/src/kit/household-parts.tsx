import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { HouseholdPanel } from '../api/types'
import { useWords } from '../words/language'
import { Facts } from './facts'
import { dayOf, timeOf, yuan } from './format'
import { householdWords } from './household-words'
import { useMay } from './me-context'
import { kitWords } from './words'

type Bill = HouseholdPanel['bills'][number]
type Outage = HouseholdPanel['outages'][number]

interface OutagesProps {
  readonly household: Pick<HouseholdPanel, 'outages'>
  /** What can be done with one where this stands. */
  readonly renderBeside: (outage: Outage) => ReactNode
}

/** What is out at this home now: said before anything else. */
export function HouseholdOutages({ household, renderBeside }: OutagesProps) {
  const words = useWords(householdWords)
  const may = useMay()
  if (household.outages.length === 0) return null
  return (
    <div className="alarm" role="note">
      {household.outages.map((outage) => (
        <div key={outage.noticeId}>
          <b className="tone-warn">
            {words.outage} ·{' '}
            {may('notices.deskGet') ? (
              <Link to={`/notices/${outage.noticeId}`}>{outage.title}</Link>
            ) : (
              outage.title
            )}
          </b>
          <div className="quiet">
            {outage.until === null ? words.unknownEnd : words.until(timeOf(outage.until))}
          </div>
          {renderBeside(outage)}
        </div>
      ))}
    </div>
  )
}

interface BillsProps {
  readonly household: Pick<HouseholdPanel, 'owedFen' | 'owedAsOf' | 'lastPaid' | 'bills'>
  /** What can be done with an open one where this stands. */
  readonly renderBeside?: (bill: Bill) => ReactNode
}

/** What we do not know is said so: a debt that could not be read is not a debt of nothing. */
export function HouseholdBills({ household, renderBeside }: BillsProps) {
  const words = useWords(householdWords)
  const kit = useWords(kitWords)
  const { owedFen, owedAsOf, lastPaid, bills } = household
  const owed =
    owedFen === null ? (
      <span className="tone-warn">{kit.notFetched}</span>
    ) : (
      <>
        <b className={owedFen > 0 ? 'num tone-bad' : 'num'}>{yuan(owedFen)}</b>{' '}
        {owedAsOf === null ? null : <span className="quiet">{words.asOf(timeOf(owedAsOf))}</span>}
      </>
    )
  const paid = lastPaid === null ? kit.unknown : `${dayOf(lastPaid.at)} ${yuan(lastPaid.amountFen)}`
  return (
    <section>
      <h2>{words.bills}</h2>
      <Facts
        rows={[
          [words.owed, owed],
          [
            words.lastPaid,
            <span key="paid" className="num">
              {paid}
            </span>,
          ],
        ]}
      />
      {bills.length === 0 ? null : (
        <ul className="lines">
          {bills.map((bill) => (
            <li key={bill.billId}>
              <span className="grow ellipsis">{bill.title}</span>
              {bill.leftFen === 0 ? (
                <span className="quiet">{words.paid}</span>
              ) : (
                <>
                  <span className="num">{yuan(bill.leftFen)}</span>
                  {bill.dueOn === null ? null : (
                    <span className="quiet num">{words.dueOn(bill.dueOn.slice(5))}</span>
                  )}
                  {renderBeside?.(bill)}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
