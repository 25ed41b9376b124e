import { Link } from 'react-router'
import type { DeskRequest, HouseholdPanel } from '../../api/types'
import { Facts } from '../../kit/facts'
import { dayOf } from '../../kit/format'
import { HouseholdBills, HouseholdOutages } from '../../kit/household-parts'
import { StateTag } from '../../kit/tags'
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
      {household === null ? null : (
        <HouseholdOutages
          household={household}
          renderBeside={({ noticeId, title }) => (
            <JoinOutage request={request} noticeId={noticeId} title={title} />
          )}
        />
      )}
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
      {household === null ? null : <HouseholdBills household={household} />}
      {household === null ? null : <History household={household} current={request.id} />}
    </>
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
