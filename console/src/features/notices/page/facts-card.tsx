import type { DeskNotice } from '../../../api/types'
import { useCompanies } from '../../../kit/companies'
import { count } from '../../../kit/count'
import { Facts } from '../../../kit/facts'
import { timeOf } from '../../../kit/format'
import { useMe } from '../../../kit/me-context'
import { useWords } from '../../../words/language'
import { placeWords } from '../times'
import { noticeWords } from '../words'
import { noticePageWords } from './words'

const mostShown = 12

export function FactsCard({ data }: { readonly data: DeskNotice }) {
  const words = useWords(noticePageWords)
  const common = useWords(noticeWords)
  const companies = useCompanies(useMe())
  const { notice, draft, areas, namedHouseholds } = data
  const name = companies.find(({ id }) => id === notice.companyId)?.name ?? notice.companyId
  const more = areas.length - mostShown
  const places = [
    ...areas.slice(0, mostShown).map(({ fullName }) => placeWords(fullName)),
    ...(more > 0 ? [common.moreAreas(areas.length)] : []),
    ...(namedHouseholds > 0 ? [words.namedHouseholds(count(namedHouseholds))] : []),
  ]
  const households = notice.households === null ? null : common.householdsOf(count(notice.households))
  const moment = (at: number | null): string | null => (at === null ? null : timeOf(at))
  return (
    <section className="card" aria-labelledby="notice-facts">
      <h2 id="notice-facts">{words.facts}</h2>
      <Facts
        rows={[
          [words.fact.company, name],
          [words.fact.starts, moment(notice.startsAt)],
          [
            words.fact.ends,
            notice.endsAt === null && notice.kind !== 'general' ? common.noEnd : moment(notice.endsAt),
          ],
          [words.fact.reason, draft.reasonWords],
          [words.fact.phone, draft.phone],
          [
            words.fact.areas,
            <ul key="areas">
              {places.map((place) => (
                <li key={place}>{place}</li>
              ))}
            </ul>,
          ],
          [words.fact.households, households],
          [words.fact.by, notice.createdBy.name],
        ]}
      />
    </section>
  )
}
