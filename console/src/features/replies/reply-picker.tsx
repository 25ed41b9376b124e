import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useRepliesFor } from './api/list-replies'
import { replyWords } from './words'

interface ReplyPickerProps {
  readonly requestId: string
  readonly onPick: (text: string) => void
}

/** Templates for this request, already with its facts: what is picked is what will be sent. */
export function ReplyPicker({ requestId, onPick }: ReplyPickerProps) {
  const words = useWords(replyWords)
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('replies.list')) return null
  const pick = (text: string): void => {
    onPick(text)
    setOpen(false)
  }
  return (
    <Popover
      trigger="click"
      placement="topRight"
      open={open}
      onOpenChange={setOpen}
      title={words.pickTitle}
      content={open ? <Choices requestId={requestId} onPick={pick} /> : null}
    >
      <Button id="pick-template" size="small">
        {words.pick} <kbd>/</kbd>
      </Button>
    </Popover>
  )
}

function Choices({ requestId, onPick }: ReplyPickerProps) {
  const words = useWords(replyWords)
  const replies = useRepliesFor(requestId)
  const [q, setQ] = useState('')
  return (
    <div className="reply-picker">
      <Input
        autoFocus
        aria-label={words.find}
        placeholder={words.find}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <Loaded
        query={replies}
        rows={3}
        empty={{ when: ({ templates }) => templates.length === 0, words: words.none }}
      >
        {({ templates }) => (
          <ul>
            {templates
              .filter(({ title, text }) => `${title} ${text}`.includes(q.trim()))
              .map((template) => (
                <li key={template.id}>
                  <button type="button" onClick={() => onPick(template.filled ?? template.text)}>
                    <b>{template.title}</b>
                    <span>{template.filled ?? template.text}</span>
                  </button>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </div>
  )
}
