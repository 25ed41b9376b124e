import type { Conversation } from '../../../kit/line/frames'
import { spanOf } from '../../../kit/countdown'
import { useNow } from '../../../kit/now'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'
import { waitingOf } from './waiting'

/** How long the resident waits, ticking; the colour is said in words as well. */
export function WaitingText({ of }: { readonly of: Conversation }) {
  const words = useWords(chatWords)
  const kit = useWords(kitWords)
  const waiting = waitingOf(of, useNow())
  if (waiting === null) return null
  const { days, hours, text } = spanOf(waiting.ms)
  const span = text === '' ? kit.daysHours(days, hours) : text
  return (
    <span className={`num tone-${waiting.tone}`} title={words.toneOf[waiting.tone]}>
      <span className="hidden">
        {words.waits(span)}，{words.toneOf[waiting.tone]}
      </span>
      <span aria-hidden>{span}</span>
    </span>
  )
}
