import { Link } from 'react-router'
import type { DeskRequest, HouseholdPanel } from '../../api/types'
import { Facts } from '../../kit/facts'
import { dayOf, timeOf, yuan } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { StateTag } from '../../kit/tags'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { HouseholdMarks } from './household-marks'
import { JoinOutage } from './join-outage'
import { Masked } from './unmask'
import { requestWords } from './words'

/** The resident and their household beside the request: what an agent asks for first. */
export function HouseholdSide({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const { household } = request
  const masked = (field: Parameters<typeof Masked>[0]['field'], label: string, value: string | null) => (
    <Masked
      key={`${request.id}-${field}`}
      requestId={request.id}
      field={field}
      label={label}
      masked={value}
    />
  )
  return (
    <>
      {household === null ? null : <Outages household={household} request={request} />}
      <section>
        <h2>{words.contact}</h2>
        <Facts
          rows={[
            [words.name, masked('contactName', words.name, request.contactNameMasked)],
            [words.phone, masked('contactPhone', words.phone, request.contactPhoneMasked)],
            [words.address, masked('address', words.address, request.addressMasked)],
          ]}
        />
      </section>
      <section>
        <h2>{words.household}</h2>
        {household === null ? (
          <p className="quiet">{words.noHousehold}</p>
        ) : (
          <Facts
            rows={[
              [words.account, masked('accountNo', words.account, household.accountNoMasked)],
              [words.owner, masked('ownerName', words.owner, household.ownerNameMasked)],
              [words.areas, household.areaNames.join(' · ')],
              [words.callFirst, <HouseholdMarks key="marks" household={household} />],
            ]}
          />
        )}
      </section>
      {household === null ? null : <Bills household={household} />}
      {household === null ? null : <History household={household} current={request.id} />}
    </>
  )
}

interface OutagesProps {
  readonly household: HouseholdPanel
  readonly request: DeskRequest
}

function Outages({ household, request }: OutagesProps) {
  const words = useWords(requestWords)
  const may = useMay()
  if (household.outages.length === 0) return null
  return (
    <div className="alarm" role="note">
      {household.outages.map((outage) => (
        <div key={outage.noticeId} className="outage">
          <b className="tone-warn">
            {words.outages} ·{' '}
            {may('notices.deskGet') ? (
              <Link to={`/notices/${outage.noticeId}`}>{outage.title}</Link>
            ) : (
              outage.title
            )}
          </b>
          <br />
          <span className="quiet">
            {outage.until === null ? words.unknownEnd : words.until2(timeOf(outage.until))}
          </span>{' '}
          <JoinOutage request={request} noticeId={outage.noticeId} title={outage.title} />
        </div>
      ))}
    </div>
  )
}

/** What we do not know is said so: a debt that could not be read is not a debt of nothing. */
function Bills({ household }: { readonly household: HouseholdPanel }) {
  const words = useWords(requestWords)
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
              <span className="num">{yuan(bill.leftFen)}</span>
              {bill.dueOn === null ? null : (
                <span className="quiet num">{words.dueOn(bill.dueOn.slice(5))}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface HistoryProps {
  readonly household: HouseholdPanel
  readonly current: string
}

export function History({ household, current }: HistoryProps) {
  const words = useWords(requestWords)
  const others = household.history.filter(({ id }) => id !== current)
  return (
    <section>
      <h2>{words.history}</h2>
      {others.length === 0 ? <p className="quiet">{words.noHistory}</p> : null}
      <ul className="lines">
        {others.slice(0, 5).map((one) => (
          <li key={one.id}>
            <StateTag state={one.state} />
            <Link to={`/requests/${one.id}`} className="grow ellipsis">
              <span className="num">{dayOf(one.createdAt).slice(5)}</span> {one.typeName}
            </Link>
            {one.stars === null ? null : <span className="quiet">{words.stars(one.stars)}</span>}
          </li>
        ))}
      </ul>
      {household.sameIn30Days > 1 ? (
        <p className="tone-warn small">{words.same30(household.sameIn30Days)}</p>
      ) : null}
    </section>
  )
}
