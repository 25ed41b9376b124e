import type { ClockView, RequestState } from '../../api/types'
import { Countdown } from '../../kit/countdown-text'
import { timeOf } from '../../kit/format'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { requestWords } from './words'

/** In these nothing is made good any more, so a missed promise stops counting. */
const over: readonly RequestState[] = ['closed', 'cancelled', 'merged']

/** Every promise with its countdown; one that is paused says why. */
export function ClockList({
  clocks,
  state,
}: {
  readonly clocks: readonly ClockView[]
  readonly state: RequestState
}) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const shown = clocks.filter(({ state }) => state !== 'void')
  if (shown.length === 0) return null
  return (
    <section>
      <h2>{words.promises}</h2>
      <ul className="clocks">
        {shown.map((clock) => (
          <li key={clock.kind} title={words.limit(clock.limitMinutes)}>
            <span className="quiet">{kit.clock[clock.kind]}</span>
            <span className="grow">{detailOf(clock, words)}</span>
            <Countdown clock={over.includes(state) ? { ...clock, dueAt: null } : clock} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function detailOf(clock: ClockView, words: (typeof requestWords)['en']): string {
  if (clock.pausedBecause !== null) return words.pausedBecause(clock.pausedBecause)
  if (clock.state === 'met' && clock.metAt !== null) return words.clockMet(timeOf(clock.metAt))
  if (clock.state === 'missed' && clock.dueAt !== null) return words.clockMissed(timeOf(clock.dueAt))
  return clock.promise
}
