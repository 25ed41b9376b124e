import { Button, Input } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { Photos } from '../../kit/photos'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { keepThread, useAnswerHelp, useHelpThread } from './api/help'
import { dispatchWords } from './words'

/** What the worker on site asks, and our answers; nothing stands here while nobody asked. */
export function HelpPanel({ requestId }: { readonly requestId: string }) {
  const may = useMay()
  return may('help.read') ? <Thread requestId={requestId} /> : null
}

function Thread({ requestId }: { readonly requestId: string }) {
  const words = useWords(dispatchWords)
  const { failed } = useSay()
  const thread = useHelpThread(requestId)
  const answer = useAnswerHelp()
  const [text, setText] = useState('')
  const messages = thread.data?.messages ?? []
  if (messages.length === 0) return null
  const send = (): void => {
    if (text.trim() === '') return
    answer.mutate(
      { requestId, words: text.trim(), fileIds: [] },
      {
        onError: failed,
        onSuccess: (next) => {
          keepThread(requestId, next)
          setText('')
        },
      },
    )
  }
  return (
    <section>
      <h2>{words.help}</h2>
      <ul className="help">
        {messages.map((message) => (
          <li key={message.id} className={message.mine ? 'mine' : ''}>
            <span className="quiet">
              {message.byName} <span className="num">{timeOf(message.at)}</span>
            </span>
            <p className="said">{message.words}</p>
            <Photos files={message.files} />
          </li>
        ))}
      </ul>
      <Input.TextArea
        aria-label={words.helpHint}
        placeholder={words.helpHint}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
      <Button size="small" disabled={text.trim() === ''} loading={answer.isPending} onClick={send}>
        {words.send}
      </Button>
    </section>
  )
}
