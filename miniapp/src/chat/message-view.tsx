import { View } from '@tarojs/components'
import { moment } from '../format'
import { ShownFiles } from '../parts/shown-files'
import { useNow } from '../state/now'
import { classes } from '../ui'
import { held } from '../ui/hold'
import { AnswersView } from './answers-view'
import { LiveCard } from './live-card'
import type { ChatMessage, Conversation } from './types'
import { said } from './words'

interface MessageProps {
  message: ChatMessage
  conversation: Conversation
  /** Stands above what comes after a silence. */
  withTime: boolean
  /** Who wrote it is told where that changes. */
  withName: boolean
  /** Whether the other side has read it; null where that is not told. */
  mark: 'read' | 'delivered' | null
  onArticle(articleId: string, title: string): void
  onHold(message: ChatMessage): void
}

const nameOf = (message: ChatMessage): string => {
  if (message.from === 'bot') return said.talk.bots
  return message.name === '' ? said.talk.bots : message.name
}

/** Plain words in the middle: what happened, and what is not there any more. */
function lineOf({ content, mine }: ChatMessage): string | null {
  if (content.kind === 'event') return content.text
  if (content.kind === 'gone') return said.talk.gone
  if (content.kind !== 'recalled') return null
  return mine ? said.talk.recalledMine : said.talk.recalledOther
}

export function MessageView(props: MessageProps) {
  const { message, withTime, withName, mark, onHold } = props
  const nowMs = useNow()
  const line = lineOf(message)
  const { mine } = message
  return (
    <View id={`m-${message.seq}`} className="msg">
      {withTime ? <View className="msg-time">{moment(message.at, nowMs)}</View> : null}
      {line === null ? (
        <View className={classes('msg-side', mine && 'mine')}>
          {mine ? <View className="sr">{said.talk.me}</View> : null}
          {withName && !mine ? <View className="t-3">{nameOf(message)}</View> : null}
          <View className={bubbleClass(message)} {...held(() => onHold(message))}>
            <Said {...props} />
          </View>
          {mark === null ? null : <View className="t-3">{said.talk[mark]}</View>}
        </View>
      ) : (
        <View className="msg-event">{line}</View>
      )}
    </View>
  )
}

function bubbleClass({ content, mine }: ChatMessage): string {
  const { kind } = content
  if (kind === 'image' || kind === 'voice') return 'bubble bare-bubble'
  return classes('bubble', mine && kind === 'text' && 'mine', kind !== 'text' && 'wide')
}

function Said({ message, conversation, onArticle }: MessageProps) {
  const { content } = message
  switch (content.kind) {
    case 'text':
      return <View className="said">{content.text}</View>
    case 'image':
      return <ShownFiles files={[content.file]} />
    case 'voice':
      return (
        <View className="stack">
          <ShownFiles files={[content.file]} />
          {content.words === null ? null : <View className="said">{content.words}</View>}
        </View>
      )
    case 'card':
      return (
        <View className="stack">
          {content.text === null ? null : <View className="said">{content.text}</View>}
          <LiveCard card={content.card} onArticle={onArticle} />
        </View>
      )
    case 'answers':
      return <AnswersView answers={content} conversation={conversation} onArticle={onArticle} />
    default:
      return null
  }
}
