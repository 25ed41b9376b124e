import { AlertFilled } from '@ant-design/icons'
import { Badge } from 'antd'
import { Link } from 'react-router'
import type { Conversation } from '../../../kit/line/frames'
import { clockOf, dayOf, today } from '../../../kit/format'
import { draftOf } from '../../../kit/drafts'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'
import { composerWords } from '../composer/words'
import { ChannelIcon } from './channel-icon'
import { WaitingText } from './waiting-text'

interface ListRowProps {
  readonly row: Conversation
  readonly on: boolean
  readonly to: string
  readonly showsAgent: boolean
}

/** One conversation: who, about what, the last words, and what waits. */
export function ListRow({ row, on, to, showsAgent }: ListRowProps) {
  const words = useWords(chatWords)
  const composer = useWords(composerWords)
  const hasDraft = !on && draftOf(row.id, 'all') !== ''
  const at = dayOf(row.lastAt) === today() ? clockOf(row.lastAt) : dayOf(row.lastAt).slice(5)
  return (
    <li>
      <Link
        to={to}
        className={on ? 'pane-row chat-row on' : 'pane-row chat-row'}
        {...(on && { 'aria-current': 'true' as const })}
      >
        <span className="face" aria-hidden>
          {[...row.residentName].at(-1)}
        </span>
        <span className="chat-row-main">
          <span className="pane-line">
            <b className="ellipsis">
              {row.residentName} <ChannelIcon channel={row.channel} />
              <span className="quiet"> {row.topic ?? row.shortAddress ?? ''}</span>
            </b>
            {row.waitingSince === null ? <time className="num quiet">{at}</time> : <WaitingText of={row} />}
          </span>
          <span className="pane-line">
            <span className="ellipsis">
              {hasDraft ? <span className="tone-warn">[{composer.draftKept}] </span> : null}
              {row.lastWords}
            </span>
            <RowMark row={row} />
          </span>
          <span className="pane-line quiet chat-row-foot">
            <span className="ellipsis">
              {showsAgent ? (row.assignee?.name ?? words.stateOf[row.state]) : row.priorityBecause.join('、')}
            </span>
            {row.escalated ? (
              <span className="tone-bad">
                <AlertFilled aria-hidden /> {words.escalated}
              </span>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  )
}

function RowMark({ row }: { readonly row: Conversation }) {
  const words = useWords(chatWords)
  if (row.unread > 0)
    return <Badge count={row.unread} size="small" title={words.unread(row.unread)} overflowCount={99} />
  if (row.state === 'closed')
    return <span className="quiet">{row.stars === null ? words.closed : words.stars(row.stars)}</span>
  return row.lastFrom === 'staff' ? <span className="quiet">{words.answered}</span> : null
}
