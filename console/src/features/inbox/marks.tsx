import { PictureOutlined } from '@ant-design/icons'
import type { DeskRow } from '../../api/types'
import { PriorityTag } from '../../kit/tags'
import { useWords } from '../../words/language'
import { inboxWords } from './words'

/** What makes this one different from the others; nothing when nothing does. */
export function Marks({ row }: { readonly row: DeskRow }) {
  const words = useWords(inboxWords)
  return (
    <span className="marks">
      <PriorityTag priority={row.priority} />
      {row.urgesWaiting > 0 ? (
        <span className="chip chip-bad">{words.urgesWaiting(row.urgesWaiting)}</span>
      ) : row.urges > 0 ? (
        <span className="chip chip-warn">{words.urges(row.urges)}</span>
      ) : null}
      {row.wordsFlagged ? <span className="chip chip-warn">{words.wordsFlagged}</span> : null}
      {row.escalation > 0 ? <span className="chip chip-bad">{words.escalation(row.escalation)}</span> : null}
      {row.reopened > 0 ? <span className="chip chip-warn">{words.reopened(row.reopened)}</span> : null}
      {row.children > 0 ? <span className="chip chip-go">{words.children(row.children)}</span> : null}
      {row.hasPhotos ? <PictureOutlined role="img" aria-label={words.photos} className="quiet" /> : null}
    </span>
  )
}
