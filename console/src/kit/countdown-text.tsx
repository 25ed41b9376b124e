import { useWords } from '../words/language'
import { type Counted, spanOf, standingOf } from './countdown'
import { useNow } from './now'
import { kitWords } from './words'

/** A promise that ticks: colour, and the same in words. */
export function Countdown({ clock }: { readonly clock: Counted | null }) {
  const words = useWords(kitWords)
  const now = useNow()
  const standing = standingOf(clock, now)
  const span = spanOf(standing.ms)
  const length = span.text === '' ? words.daysHours(span.days, span.hours) : span.text
  const said = {
    left: words.left(length),
    late: words.late(length),
    paused: words.paused,
    met: words.met,
    missed: words.missed,
    none: words.noClock,
  }[standing.kind]
  return (
    <span className={`num tone-${standing.tone}`} title={words.tone[standing.tone]}>
      {standing.tone === 'warn' ? <span className="mark">{words.tone.warn} </span> : null}
      {said}
    </span>
  )
}
