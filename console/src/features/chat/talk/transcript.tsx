import { Image } from 'antd'
import { today } from '../../../kit/format'
import type { ChatMessage, Conversation } from '../../../kit/line/frames'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'
import { MessageItem } from './message-item'
import { byDay, followsOn } from './rows'

interface TranscriptProps {
  readonly messages: readonly ChatMessage[]
  readonly conversation: Conversation
}

const nothing = (): void => undefined

/** A whole conversation to be read: nothing moves in it any more. */
export function Transcript({ messages, conversation }: TranscriptProps) {
  const words = useWords(chatWords)
  return (
    <Image.PreviewGroup>
      {byDay(messages).map(({ day, items }) => (
        <section key={day}>
          <h3 className="chat-day num">{day === today() ? words.today : day}</h3>
          <ol className="msgs">
            {items.map((message, index) => (
              <MessageItem
                key={message.id}
                message={message}
                residentReadSeq={conversation.residentReadSeq}
                onStale={nothing}
                found={false}
                follows={followsOn(items[index - 1], message)}
              />
            ))}
          </ol>
        </section>
      ))}
    </Image.PreviewGroup>
  )
}
