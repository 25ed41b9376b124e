import { useWords } from '../../words/language'
import type { DeskReading } from './api'
import { readingWords } from './words'

const doubts: readonly string[] = ['backwards', 'zero', 'low', 'high']

/** Why a person should look, and what else is out of the ordinary. */
export function Findings({ reading }: { readonly reading: DeskReading }) {
  const words = useWords(readingWords)
  return (
    <>
      {reading.findings.map((one) => (
        <span key={one} className={`chip chip-${doubts.includes(one) ? 'warn' : 'quiet'}`}>
          {words.finding[one]}
        </span>
      ))}
      {reading.source === 'visitor' ? <span className="chip chip-quiet">{words.source.visitor}</span> : null}
      {reading.hasPhoto ? null : <span className="chip chip-quiet">{words.noPhoto}</span>}
    </>
  )
}
