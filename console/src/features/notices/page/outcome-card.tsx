import { Link } from 'react-router'
import type { DeskNotice } from '../../../api/types'
import { count } from '../../../kit/count'
import { Facts } from '../../../kit/facts'
import { useMay } from '../../../kit/me-context'
import { useWords } from '../../../words/language'
import { noticePageWords } from './words'

/** What it came to: minutes without supply, what residents answered, and the requests that were part of it. */
export function OutcomeCard({ data }: { readonly data: DeskNotice }) {
  const words = useWords(noticePageWords)
  const may = useMay()
  const { notice, draft, outage, feedback, mergedRequests } = data
  const hours = (minutes: number): string => count(Math.round(minutes / 6) / 10)
  const minutes =
    outage === null ? words.notReckoned : words.minutesOf(count(outage.households), hours(outage.minutes))
  const merged =
    mergedRequests > 0 && may('desk.list') ? (
      <Link to={`/inbox?tab=all&states=all&noticeId=${notice.id}`} title={words.openInbox}>
        {words.mergedOf(mergedRequests)}
      </Link>
    ) : (
      words.mergedOf(mergedRequests)
    )
  return (
    <section className="card" aria-labelledby="notice-outcome">
      <h2 id="notice-outcome">{words.outcome}</h2>
      <Facts
        rows={[
          ...(draft.cutsSupply ? ([[words.minutes, minutes]] as const) : []),
          [words.feedback, words.feedbackOf(feedback.yes, feedback.no)],
          [words.merged, merged],
        ]}
      />
    </section>
  )
}
