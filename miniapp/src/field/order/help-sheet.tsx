import { View } from '@tarojs/components'
import { useCallback, useEffect, useState } from 'react'
import { write } from '../../api/client'
import { isOffline, messageOf } from '../../api/errors'
import { moment } from '../../format'
import { Attachments } from '../../parts/attachments'
import { ShownFiles } from '../../parts/shown-files'
import { useNow } from '../../state/now'
import { readyIds } from '../../upload/queue'
import { useUploads } from '../../upload/use-uploads'
import { Button, classes, Sheet, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import type { HelpMessage } from '../types'
import { said } from '../words'

const everyMs = 8_000

/** A talk with an expert about this order; it needs a network, and says so. */
export function HelpSheet({ requestId, onClose }: { requestId: string; onClose(): void }) {
  const [messages, setMessages] = useState<readonly HelpMessage[] | null>(null)
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [sent, setSent] = useState(0)
  const look = useCallback(() => {
    write('field.askHelp', { requestId }).then(
      (answer) => {
        setMessages(answer.messages)
        setFault(null)
      },
      (error: unknown) => setFault(isOffline(error) ? said.help.offline : messageOf(error)),
    )
  }, [requestId])
  useEffect(() => {
    look()
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [look])
  const send = async (fileIds: string[]) => {
    const words = text.trim()
    if (words === '') return
    const answer = await write('field.askHelp', { requestId, words, fileIds })
    setMessages(answer.messages)
    setText('')
    setSent((times) => times + 1)
  }
  return (
    <Sheet title={said.help.title} onClose={onClose}>
      <View className="stack">
        <Thread messages={messages} />
        <Words
          id="help-words"
          label={said.help.title}
          value={text}
          onInput={setText}
          placeholder={said.help.holder}
          maxLength={500}
          error={fault}
        />
        <HelpFiles key={sent} onSend={send} />
      </View>
    </Sheet>
  )
}

function Thread({ messages }: { messages: readonly HelpMessage[] | null }) {
  const nowMs = useNow()
  if (messages === null) return null
  if (messages.length === 0) return <View className="t-2">{said.help.emptyText}</View>
  return (
    <View className="stack" id="help-thread">
      {messages.map((message) => (
        <View key={message.id} className={classes('help-line', message.mine && 'mine')}>
          <View className="t-3">{`${message.byName} ${moment(message.at, nowMs)}`}</View>
          <View className="help-words">{message.words}</View>
          {message.files.length > 0 ? <ShownFiles files={message.files} /> : null}
        </View>
      ))}
    </View>
  )
}

function HelpFiles({ onSend }: { onSend(fileIds: string[]): Promise<void> }) {
  const uploads = useUploads()
  const { busy, press } = usePress(() => onSend(readyIds(uploads.items).slice(0, 4)))
  return (
    <>
      <Attachments uploads={uploads} photosOnly />
      <Button id="help-send" busy={busy} onClick={press}>
        {said.help.send}
      </Button>
    </>
  )
}
