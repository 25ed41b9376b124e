import { Button, Divider, Image, Spin } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { handsWithin, touched } from '../../../api/hands'
import { today } from '../../../kit/format'
import type { Conversation } from '../../../kit/line/frames'
import { useLine } from '../../../kit/line/line-context'
import { useMe } from '../../../kit/me-context'
import { useNow } from '../../../kit/now'
import { useSay } from '../../../kit/use-done'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'
import { MessageItem, OutgoingItem } from './message-item'
import { byDay, firstUnread, followsOn } from './rows'
import { usePlace } from './use-place'
import { useStale } from './use-stale'

interface ThreadProps {
  readonly conversation: Conversation
  /** A message that was looked for and is to be shown. */
  readonly foundSeq: number | null
}

/** The conversation by days, with what is on its way below. */
export function Thread({ conversation, foundSeq }: ThreadProps) {
  const words = useWords(chatWords)
  const { id } = conversation
  const line = useLine()
  const { items, more, typing } = line.threads.get(id)
  const outgoing = line.outbox.list().filter(({ message }) => message.conversationId === id)
  // What was new when it was opened stays marked, although it is read by now; what comes before one's eyes is not new.
  const [unread] = useState(() => firstUnread(items, conversation.staffReadSeq))
  const { box, atEnd, fresh, toEnd } = usePlace(id, items[0]?.seq ?? 0, items.length + outgoing.length)
  const onStale = useStale(id)
  useReading(conversation, items.at(-1)?.seq ?? 0, atEnd)
  useEffect(() => {
    if (foundSeq !== null) document.getElementById(`seq-${foundSeq}`)?.scrollIntoView({ block: 'center' })
  }, [foundSeq])
  return (
    <div className="thread-frame">
      <div ref={box} className="thread-box" role="log" aria-label={words.thread} tabIndex={0}>
        <div className="thread-inner">
          {more ? <Earlier conversationId={id} /> : <p className="chat-line">{words.beginning}</p>}
          <Image.PreviewGroup>
            {byDay(items).map((day) => (
              <section key={day.day}>
                <h2 className="chat-day num">{day.day === today() ? words.today : day.day}</h2>
                <ol className="msgs">
                  {day.items.map((message, index) => (
                    <Marked key={message.id} fresh={message.seq === unread}>
                      <MessageItem
                        message={message}
                        residentReadSeq={conversation.residentReadSeq}
                        onStale={onStale}
                        found={message.seq === foundSeq}
                        follows={message.seq !== unread && followsOn(day.items[index - 1], message)}
                      />
                    </Marked>
                  ))}
                </ol>
              </section>
            ))}
          </Image.PreviewGroup>
          <ol className="msgs">
            {outgoing.map((one) => (
              <OutgoingItem key={one.message.clientId} outgoing={one} />
            ))}
          </ol>
          {typing === null ? null : <Typing {...typing} />}
        </div>
      </div>
      {atEnd ? null : (
        <Button className="to-newest" size="small" shape="round" onClick={toEnd}>
          {fresh > 0 ? words.toNewest(fresh) : words.newest}
        </Button>
      )}
    </div>
  )
}

function Marked({ fresh, children }: { readonly fresh: boolean; readonly children: React.ReactNode }) {
  const words = useWords(chatWords)
  return (
    <>
      {fresh ? (
        <li className="fresh">
          <Divider plain>{words.fresh}</Divider>
        </li>
      ) : null}
      {children}
    </>
  )
}

function Earlier({ conversationId }: { readonly conversationId: string }) {
  const words = useWords(chatWords)
  const kit = useWords(kitWords)
  const line = useLine()
  const { failed } = useSay()
  const [waiting, setWaiting] = useState(false)
  const load = (): void => {
    setWaiting(true)
    line
      .earlier(conversationId)
      .catch(failed)
      .finally(() => setWaiting(false))
  }
  return (
    <p className="chat-line">
      {waiting ? (
        <Spin size="small" aria-label={kit.loading} />
      ) : (
        <Button type="link" size="small" onClick={load}>
          {words.earlier}
        </Button>
      )}
    </p>
  )
}

/** Nobody says when they stop writing: after six seconds without a sign they have. */
const typingMs = 6_000

function Typing({ name, atMs }: { readonly name: string; readonly atMs: number }) {
  const words = useWords(chatWords)
  return useNow() - atMs > typingMs ? null : (
    <p className="quiet typing" role="status">
      {words.typing(name)}
    </p>
  )
}

/** Whoever has not touched anything for a minute may have left: nothing is read before an empty chair. */
const thereMs = 60_000
const hands = ['pointerdown', 'keydown', 'wheel', 'mousemove'] as const

/** What I have before my eyes is read; looking into a colleague's conversation reads nothing. */
function useReading({ id, assignee, staffReadSeq }: Conversation, lastSeq: number, atEnd: boolean): void {
  const line = useLine()
  const me = useMe()
  const told = useRef(staffReadSeq)
  const isMine = assignee?.id === me.id
  useEffect(() => {
    const tell = (): void => {
      if (!isMine || !atEnd || document.hidden || lastSeq <= told.current) return
      if (!handsWithin(thereMs)) return
      told.current = lastSeq
      line.readUpTo(id, lastSeq)
    }
    const tellByHand = (): void => {
      touched()
      tell()
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    for (const name of hands) addEventListener(name, tellByHand, { passive: true })
    return () => {
      document.removeEventListener('visibilitychange', tell)
      for (const name of hands) removeEventListener(name, tellByHand)
    }
  }, [line, id, isMine, lastSeq, atEnd])
}
