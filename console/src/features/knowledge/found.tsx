import { Button } from 'antd'
import { Link } from 'react-router'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useFind } from './api'
import { knowledgeWords } from './words'

interface FoundProps {
  readonly q: string
  readonly companyId: string | null
  readonly onBack: () => void
}

/** What a search of the desk finds, best first. */
export function Found({ q, companyId, onBack }: FoundProps) {
  const words = useWords(knowledgeWords)
  const found = useFind({ q, ...(companyId !== null && { companyId }) })
  return (
    <section>
      <p>
        <Button size="small" onClick={onBack}>
          {words.backToList}
        </Button>{' '}
        {found.data === undefined ? null : (
          <span className="quiet">{words.found(found.data.items.length)}</span>
        )}
      </p>
      <Loaded query={found} empty={{ when: ({ items }) => items.length === 0, words: words.foundNone }}>
        {({ items }) => (
          <ul className="hits">
            {items.map(({ articleId, title, excerpt, kind }) => (
              <li key={articleId} className="card">
                <Link to={`/knowledge/${articleId}`}>{title}</Link>{' '}
                <span className="chip">{words.kindOf[kind]}</span>
                <div className="quiet">{excerpt}</div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}
