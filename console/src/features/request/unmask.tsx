import { Alert, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { ActInput } from '../../api/types'
import { useErrorText } from '../../kit/error-text'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useUnmask } from './api/unmask-field'
import { requestWords } from './words'

interface MaskedProps {
  readonly requestId: string
  readonly field: ActInput<'desk.unmask'>['field']
  readonly label: string
  /** What everybody sees; null where there is nothing. */
  readonly masked: string | null
}

/** A masked value that may be shown once a reason is given; it is masked again as soon as the page is left. */
export function Masked({ requestId, field, label, masked }: MaskedProps) {
  const words = useWords(requestWords)
  const may = useMay()
  const [shown, setShown] = useState<{ value: string; left: number } | null>(null)
  const [open, setOpen] = useState(false)
  if (masked === null) return <>—</>
  if (shown !== null)
    return (
      <span className="num" title={words.unmaskLeft(shown.left)}>
        {shown.value}
      </span>
    )
  return (
    <span className="num">
      {masked}{' '}
      {may('desk.unmask') ? (
        <Popover
          trigger="click"
          open={open}
          onOpenChange={setOpen}
          title={`${words.unmaskTitle} · ${label}`}
          destroyOnHidden
          content={<Reason requestId={requestId} field={field} onShown={setShown} />}
        >
          <button type="button" className="plain-button" aria-label={`${words.unmask} ${label}`}>
            {words.unmask}
          </button>
        </Popover>
      ) : null}
    </span>
  )
}

interface ReasonProps {
  readonly requestId: string
  readonly field: MaskedProps['field']
  readonly onShown: (shown: { value: string; left: number }) => void
}

function Reason({ requestId, field, onShown }: ReasonProps) {
  const words = useWords(requestWords)
  const textOf = useErrorText()
  const unmask = useUnmask()
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= 4
  const submit = (): void => {
    if (!ready) return
    unmask.mutate(
      { requestId, field, reason: reason.trim() },
      { onSuccess: ({ value, leftToday }) => onShown({ value, left: leftToday }) },
    )
  }
  return (
    <div className="unmask">
      <p className="quiet">{words.unmaskText}</p>
      {unmask.error ? <Alert type="error" title={textOf(unmask.error)} role="alert" /> : null}
      <Input
        autoFocus
        aria-label={words.moveWords.reason}
        placeholder={words.reasonHint}
        maxLength={100}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={submit}
      />
      <Button type="primary" size="small" disabled={!ready} loading={unmask.isPending} onClick={submit}>
        {words.unmask}
      </Button>
    </div>
  )
}
