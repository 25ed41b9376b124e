import { useWords } from '../../words/language'
import type { Row } from './api'
import { knowledgeWords } from './words'

const tones = { draft: 'quiet', review: 'warn', published: 'ok', retired: 'quiet' } as const

export function ArticleTag({ state }: Pick<Row, 'state'>) {
  const words = useWords(knowledgeWords)
  return <span className={`chip chip-${tones[state]}`}>{words.stateOf[state]}</span>
}
