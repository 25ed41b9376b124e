import { Alert, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '../../words/language'
import { requestWords } from './words'

interface ReasonButtonProps {
  readonly label: string
  /** What the button is called where several stand on one page. */
  readonly name: string
  readonly question: string
  readonly hint: string
  readonly pending: boolean
  readonly trouble: string | null
  /** `done` is called when it has arrived. */
  readonly onSubmit: (reason: string, done: () => void) => void
}

/** A button that asks for one reason where it stands; the audit keeps it. */
export function ReasonButton(props: ReasonButtonProps) {
  const { label, name, question } = props
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={question}
      destroyOnHidden
      content={<Reason {...props} onDone={() => setOpen(false)} />}
    >
      <Button size="small" aria-label={`${label} ${name}`}>
        {label}
      </Button>
    </Popover>
  )
}

function Reason(props: ReasonButtonProps & { readonly onDone: () => void }) {
  const { label, hint, pending, trouble, onSubmit, onDone } = props
  const words = useWords(requestWords)
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= 2
  const submit = (): void => {
    if (ready && !pending) onSubmit(reason.trim(), onDone)
  }
  return (
    <div className="unmask">
      {trouble ? <Alert type="error" title={trouble} role="alert" /> : null}
      <Input
        autoFocus
        aria-label={words.moveWords.reason}
        placeholder={hint}
        maxLength={100}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={submit}
      />
      <Button type="primary" size="small" disabled={!ready} loading={pending} onClick={submit}>
        {label}
      </Button>
    </div>
  )
}
