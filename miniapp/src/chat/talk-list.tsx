import { ScrollView, View } from '@tarojs/components'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { fail, Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { MessageView } from './message-view'
import type { Outgoing } from './outbox'
import { OutgoingView } from './outgoing-view'
import type { Going } from './sender'
import { lastMine, opensGroup, type Talk } from './timeline'
import type { ChatMessage } from './types'
import { said } from './words'

interface TalkListProps {
  talk: Talk
  outgoing: Going
  /** What stands before the first message, and after the last one. */
  head: ReactNode
  foot: ReactNode
  older(): Promise<void>
  onArticle(articleId: string, title: string): void
  onHold(message: ChatMessage): void
  onHoldOutgoing(outgoing: Outgoing): void
  onRetry(outgoing: Outgoing): void
  /** Rises when what stands below grows, and would cover the end. */
  grown: number
}

/** Whoever is nearer to the end than this is at it. */
const endReachPx = 60

/** Two names for one place, because only a change of name scrolls. */
const ends = ['chat-end-a', 'chat-end-b'] as const

export function TalkList(props: TalkListProps) {
  const { talk, outgoing, head, foot, onArticle, onHold } = props
  const { messages, conversation } = talk
  const scroll = useScroll(props)
  const marked =
    conversation.state === 'active' || conversation.otherReadSeq > 0 ? lastMine(messages) : undefined
  return (
    <View className="chat-room">
      <ScrollView
        id="chat-list"
        className="chat-list"
        scrollY
        scrollIntoView={scroll.anchor.id}
        scrollIntoViewAlignment={scroll.anchor.at}
        upperThreshold={endReachPx}
        lowerThreshold={endReachPx}
        onScrollToUpper={scroll.loadOlder}
        onScrollToLower={scroll.reachedEnd}
        onScroll={({ detail }) => scroll.moved(detail.scrollTop, detail.scrollHeight)}
      >
        <View className="chat-inner" role="log" aria-live="polite">
          {talk.more ? (
            <View className="msg-time" id="older" role="button" {...focusable} onClick={scroll.loadOlder}>
              {said.talk.older}
            </View>
          ) : (
            head
          )}
          {messages.map((message, index) => (
            <MessageView
              key={message.seq}
              message={message}
              conversation={conversation}
              withTime={opensGroup(messages[index - 1], message)}
              withName={isNewVoice(messages[index - 1], message)}
              mark={message === marked ? markOf(message, conversation.otherReadSeq) : null}
              onArticle={onArticle}
              onHold={onHold}
            />
          ))}
          {outgoing.list.map((one) => (
            <OutgoingView
              key={one.clientId}
              outgoing={one}
              state={outgoing.state}
              onRetry={props.onRetry}
              onHold={props.onHoldOutgoing}
            />
          ))}
          {foot}
          <View id={ends[0]} className="chat-end" />
          <View id={ends[1]} className="chat-end" />
        </View>
      </ScrollView>
      {scroll.hasNews ? (
        <View className="chat-news" id="chat-news" role="button" {...focusable} onClick={scroll.toEnd}>
          <Icon name="down" />
          {said.talk.newMessages}
        </View>
      ) : null}
    </View>
  )
}

const markOf = ({ seq }: ChatMessage, otherReadSeq: number): 'read' | 'delivered' =>
  seq <= otherReadSeq ? 'read' : 'delivered'

function isNewVoice(before: ChatMessage | undefined, message: ChatMessage): boolean {
  return (
    before === undefined ||
    before.from !== message.from ||
    before.name !== message.name ||
    opensGroup(before, message)
  )
}

/**
 * Stays at the end while the resident is there, and where they are while they read above it; older messages come in
 * without moving what is being read.
 */
function useScroll({ talk, outgoing, older, grown }: TalkListProps) {
  const [anchor, setAnchor] = useState<{ id: string; at: 'start' | 'end' }>({ id: ends[0], at: 'end' })
  const [hasNews, setHasNews] = useState(false)
  const atEnd = useRef(true)
  const lowest = useRef({ top: 0, height: 0 })
  const loading = useRef(false)
  const toEnd = useCallback(() => {
    atEnd.current = true
    setHasNews(false)
    setAnchor((now) => ({ id: now.id === ends[0] ? ends[1] : ends[0], at: 'end' }))
  }, [])
  const { messages, more } = talk
  const last = messages[messages.length - 1]
  const count = outgoing.list.length
  const isOwn = (last?.mine ?? false) || count > 0
  const tail = `${last?.seq ?? 0}.${count}.${talk.conversation.state}.${grown}`
  const seen = useRef('')
  useEffect(() => {
    if (seen.current === tail) return
    seen.current = tail
    if (atEnd.current || isOwn) toEnd()
    else setHasNews(true)
  }, [tail, isOwn, toEnd])
  const loadOlder = () => {
    const first = messages[0]
    if (!more || loading.current || first === undefined) return
    loading.current = true
    older()
      .then(() => setAnchor({ id: `m-${first.seq}`, at: 'start' }), fail)
      .finally(() => {
        loading.current = false
      })
  }
  return {
    anchor,
    hasNews,
    toEnd,
    loadOlder,
    reachedEnd: () => {
      atEnd.current = true
      setHasNews(false)
    },
    // What is drawn anew moves the list as well, as when a message that was on its way has arrived: nobody left then.
    moved: (top: number, height: number) => {
      const isSame = lowest.current.height === height
      lowest.current = { top: isSame ? Math.max(lowest.current.top, top) : top, height }
      if (top < lowest.current.top - endReachPx) atEnd.current = false
    },
  }
}
