import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { read, write } from '../api/client'
import { callHotline } from '../parts/hotline'
import { ContactButton } from '../platform/contact-button'
import { go } from '../routes'
import { Button, confirm, Icon, Row, Sheet, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import { words } from '../words'
import type { Conversation, Opened } from './types'
import { said } from './words'
import { written } from '../format-words'

interface TopicsProps {
  topics: Opened['topics']
  onPick(topicId: string | undefined): void
  onClose(): void
}

/** What it is about, so that the right person takes it; nobody has to know. */
export const TopicsSheet = ({ topics, onPick, onClose }: TopicsProps) => (
  <Sheet title={said.talk.topics} onClose={onClose}>
    <Row id="any-topic" title={said.talk.anyTopic} onClick={() => onPick(undefined)} />
    {topics.map(({ id, name }) => (
      <Row key={id} id={`topic-${id}`} title={name} onClick={() => onPick(id)} />
    ))}
  </Sheet>
)

interface LeaveWordsProps {
  onSend(text: string): Promise<void>
  onClose(): void
}

const fewestWords = 4

/** Words for nobody: they become a request with a number. */
export function LeaveWordsSheet({ onSend, onClose }: LeaveWordsProps) {
  const [text, setText] = useState('')
  const { busy, press } = usePress(async () => {
    if (text.trim().length < fewestWords) return succeed(said.words.short)
    await onSend(text.trim())
  })
  return (
    <Sheet title={said.words.title} onClose={onClose}>
      <View className="stack">
        <View className="t-2">{said.words.text}</View>
        <Words
          id="left-words"
          label={said.words.title}
          value={text}
          onInput={setText}
          placeholder={said.words.holder}
          maxLength={500}
        />
        <Button id="send-left-words" busy={busy} onClick={press}>
          {said.words.submit}
        </Button>
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}

interface MenuProps {
  conversation: Conversation
  onClose(): void
  onEnd(): Promise<void>
}

/** Everything that is asked for seldom. */
export function MenuSheet({ conversation, onClose, onEnd }: MenuProps) {
  const { id, state, hotline, companyId } = conversation
  const copy = usePress(async () => {
    const { text } = await read('chat.transcript', { conversationId: id })
    await Taro.setClipboardData({ data: text })
    succeed(words.common.copied)
    onClose()
  })
  const mail = usePress(async () => {
    await write('chat.mailTranscript', { conversationId: id })
    succeed(said.talk.mailed)
    onClose()
  })
  const all = () => {
    onClose()
    go('chats')
  }
  const end = usePress(async () => {
    if (!(await confirm(written.asked(said.talk.close), said.talk.closeText, said.talk.close))) return
    await onEnd()
    onClose()
  })
  return (
    <Sheet title={said.talk.menu} onClose={onClose}>
      <View className="sheet-rows">
        <Row id="copy-transcript" title={said.talk.copyTranscript} onClick={copy.press} />
        <Row id="mail-transcript" title={said.talk.mailTranscript} onClick={mail.press} />
        <Row id="all-chats" title={said.talk.all} onClick={all} />
        <Row id="call-company" title={said.talk.callPhone(hotline)} onClick={() => callHotline(hotline)} />
        <ContactButton className="row" companyId={companyId}>
          <View className="grow">
            <View>{said.talk.inWechat}</View>
            <View className="t-3">{said.talk.inWechatText}</View>
          </View>
          <Icon name="right" className="t-3 row-arrow" />
        </ContactButton>
        {state === 'closed' ? null : <Row id="end-chat" title={said.talk.close} onClick={end.press} />}
      </View>
      <Button kind="plain" onClick={onClose}>
        {words.common.back}
      </Button>
    </Sheet>
  )
}

interface ActsProps {
  /** The words that can be copied; null where there are none. */
  text: string | null
  onRecall: (() => Promise<void>) | null
  onDrop: (() => void) | null
  onClose(): void
}

/** What can be done with one message. */
export function ActsSheet({ text, onRecall, onDrop, onClose }: ActsProps) {
  const copy = async () => {
    if (text === null) return
    await Taro.setClipboardData({ data: text })
    succeed(words.common.copied)
    onClose()
  }
  const recall = usePress(async () => {
    await onRecall?.()
    onClose()
  })
  return (
    <Sheet title={text ?? said.talk.photo} onClose={onClose}>
      <View className="stack">
        {text === null ? null : (
          <Button kind="soft" id="copy-message" onClick={() => void copy()}>
            {said.talk.copy}
          </Button>
        )}
        {onRecall === null ? null : (
          <Button kind="danger" id="recall-message" busy={recall.busy} onClick={recall.press}>
            {said.talk.recall}
          </Button>
        )}
        {onDrop === null ? null : (
          <Button
            kind="danger"
            id="drop-message"
            onClick={() => {
              onDrop()
              onClose()
            }}
          >
            {said.talk.drop}
          </Button>
        )}
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}
