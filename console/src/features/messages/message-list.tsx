import type { HouseholdMessage } from '../../api/types'
import { channelName } from '../../kit/channels'
import { timeOf, yuan } from '../../kit/format'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { messageWords } from './words'

const tones: Readonly<Record<string, string>> = {
  sent: 'ok',
  inbox: 'quiet',
  due: 'go',
  sending: 'go',
  delivered: 'ok',
  refused: 'warn',
  unknown: 'warn',
  failed: 'bad',
  expired: 'bad',
}

/** Messages newest first, each with every attempt to carry it and what became of that. */
export function MessageList({ items }: { readonly items: readonly HouseholdMessage[] }) {
  const words = useWords(messageWords)
  return (
    <ol className="message-list">
      {items.map((message) => (
        <li key={message.id} className="card">
          <p>
            <b>{message.title}</b>{' '}
            <span className={`chip chip-${tones[message.state] ?? 'quiet'}`}>{message.stateWords}</span>{' '}
            <span className="quiet num">
              {timeOf(message.createdAt)} · {message.residentMasked ?? words.noPhone} · {words.inInbox}{' '}
              {message.readAt === null ? words.notRead : words.read(timeOf(message.readAt))}
            </span>
          </p>
          <Attempts attempts={message.attempts} />
        </li>
      ))}
    </ol>
  )
}

function Attempts({ attempts }: Pick<HouseholdMessage, 'attempts'>) {
  const words = useWords(messageWords)
  const kit = useWords(kitWords)
  if (attempts.length === 0) return null
  return (
    <ul className="lines" aria-label={words.attempts}>
      {attempts.map(({ channel, state, words: said, code, at, costFen }) => (
        <li key={`${channel}-${at}`}>
          <span className="attempt-channel">{channelName(channel, kit)}</span>
          <span className={`chip chip-${tones[state] ?? 'quiet'}`}>{said}</span>
          {code === null || state === 'delivered' ? null : <span className="quiet">{words.code(code)}</span>}
          <span className="grow" />
          {costFen > 0 ? <span className="num">{yuan(costFen)}</span> : null}
          <span className="quiet num">{timeOf(at)}</span>
        </li>
      ))}
    </ul>
  )
}
