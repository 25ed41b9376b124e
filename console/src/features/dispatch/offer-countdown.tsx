import { spanOf } from '../../kit/countdown'
import { useNow } from '../../kit/now'
import { useWords } from '../../words/language'
import { dispatchWords } from './words'

/** Seconds left to take an order; afterwards it is the lead's. */
export function OfferCountdown({ answerBy }: { readonly answerBy: number | null }) {
  const words = useWords(dispatchWords)
  const now = useNow()
  if (answerBy === null || answerBy <= now) return <span className="tone-bad">{words.overtime}</span>
  return (
    <span className="num tone-warn" title={words.answerBy}>
      {spanOf(answerBy - now).text}
    </span>
  )
}
