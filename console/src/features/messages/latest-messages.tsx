import { Link } from 'react-router'
import { timeOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useHistory } from './api/read-history'
import { messageWords } from './words'

const mostShown = 4

/** The last few messages of a household, beside a request; the rest is one click away. */
export function LatestMessages({ householdId }: { readonly householdId: string }) {
  const words = useWords(messageWords)
  const may = useMay()
  const history = useHistory(may('messages.history') ? householdId : null, null)
  if (!may('messages.history')) return null
  return (
    <section>
      <h2>{words.latest}</h2>
      <Loaded query={history} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{words.nothingSent}</p>
          ) : (
            <>
              <ul className="lines">
                {items.slice(0, mostShown).map(({ id, title, stateWords, createdAt }) => (
                  <li key={id}>
                    <span className="grow ellipsis">
                      <span className="num quiet">{timeOf(createdAt)}</span> {title}
                    </span>
                    <span className="quiet">{stateWords}</span>
                  </li>
                ))}
              </ul>
              <Link className="small" to={`/messages?tab=history&householdId=${householdId}`}>
                {words.allMessages}
              </Link>
            </>
          )
        }
      </Loaded>
    </section>
  )
}
