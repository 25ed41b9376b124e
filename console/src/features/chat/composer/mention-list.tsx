import { Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { useWords } from '../../../words/language'
import { useColleagues } from '../api/reads'
import { composerWords } from './words'

const shownMax = 8

/** Colleagues whose name holds what was typed behind the @. */
export function usePeople(companyId: string, q: string | null) {
  const me = useMe()
  const query = useColleagues(q === null ? null : companyId)
  const others = (query.data?.items ?? []).filter(({ id, name }) => id !== me.id && name.includes(q ?? ''))
  return { query, found: others.slice(0, shownMax) }
}

interface MentionListProps {
  readonly people: ReturnType<typeof usePeople>
  readonly at: number
  readonly onPick: (at: number) => void
}

export function MentionList({ people: { query, found }, at, onPick }: MentionListProps) {
  const words = useWords(composerWords)
  return (
    <div className="over-field" role="listbox" aria-label={words.colleagues}>
      <Loaded query={query} rows={2} empty={{ when: () => found.length === 0, words: words.colleaguesNone }}>
        {() =>
          found.map(({ id, name, state }, index) => (
            <button
              key={id}
              type="button"
              role="option"
              aria-selected={index === at}
              className={index === at ? 'choice on' : 'choice'}
              // The field keeps the caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(index)}
            >
              <span>
                {name} <span className="quiet">{words.seatOf[state]}</span>
              </span>
            </button>
          ))
        }
      </Loaded>
    </div>
  )
}
