import { Splitter } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { keep, kept } from '../../kit/kept'
import { stepIn } from '../../kit/key-map'
import { useTitle } from '../../kit/page'
import { useKeys } from '../../kit/use-keys'
import { useWords } from '../../words/language'
import { useConversations } from './api/reads'
import { ChatContextPane } from './context/chat-context'
import { ChatKeys } from './dialogs/chat-keys'
import { ListPane, useListInput } from './list/list-pane'
import { TalkPane, type TalkSlots } from './talk/talk-pane'
import { fitted, least, most, readWidths, type Widths, writtenWidths } from './widths'
import { chatWords } from './words'

/** Three panes: who waits, what is said, and who it is. */
export function ChatPage({ renderRequest }: TalkSlots) {
  const { conversationId } = useParams()
  const [chosen, setWidths] = useState<Widths>(() => readWidths(kept('chat.widths')))
  const widths = fitted(chosen, useRoom())
  useSteps(conversationId ?? null)
  const drag = (sizes: readonly number[]): void => {
    const [list, , side] = sizes
    const next = { list: list ?? widths.list, side: side ?? widths.side }
    setWidths(next)
    keep('chat.widths', writtenWidths(next))
  }
  if (conversationId === undefined)
    return (
      <Splitter className="chat" onResize={drag}>
        <Splitter.Panel size={widths.list} min={least.list} max={most.list}>
          <ListPane current={null} />
        </Splitter.Panel>
        <Splitter.Panel>
          <Nobody />
        </Splitter.Panel>
      </Splitter>
    )
  return (
    <Splitter className="chat" onResize={drag}>
      <Splitter.Panel size={widths.list} min={least.list} max={most.list}>
        <ListPane current={conversationId} />
      </Splitter.Panel>
      <Splitter.Panel min={least.talk}>
        <TalkPane key={conversationId} conversationId={conversationId} renderRequest={renderRequest} />
      </Splitter.Panel>
      <Splitter.Panel size={widths.side} min={least.side} max={most.side}>
        <ChatContextPane key={conversationId} conversationId={conversationId} />
      </Splitter.Panel>
    </Splitter>
  )
}

/** The menu at the left. */
const menuPx = 64

/** How wide the page is. */
const useRoom = (): number =>
  useSyncExternalStore(
    (changed) => {
      addEventListener('resize', changed)
      return () => removeEventListener('resize', changed)
    },
    () => innerWidth - menuPx,
  )

function Nobody() {
  const words = useWords(chatWords)
  const [help, setHelp] = useState(false)
  useTitle(words.title)
  useKeys({ '?': () => setHelp(true) })
  return (
    <div className="talk talk-empty">
      <p className="quiet">{words.choose}</p>
      <ChatKeys open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

/** `j` and `k` go through the list that stands at the left. */
function useSteps(current: string | null): void {
  const [params] = useSearchParams()
  const go = useNavigate()
  const list = useConversations(useListInput())
  const ids = list.data?.items.map(({ id }) => id) ?? []
  const step = (by: 1 | -1): void => {
    const next = stepIn(ids, current, by)
    if (next !== null && next !== current) void go(`/chat/${next}${params.size === 0 ? '' : `?${params}`}`)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })
}
