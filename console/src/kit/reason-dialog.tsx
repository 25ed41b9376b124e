import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useWords } from '../words/language'
import { Failed } from './loaded'
import { kitWords } from './words'

interface ReasonDialogProps {
  readonly title: string
  readonly text?: string
  readonly okText: string
  readonly danger?: boolean
  /** So many characters at least. */
  readonly least?: number
  readonly pending: boolean
  readonly error: unknown
  readonly onSubmit: (reason: string) => void
  readonly onClose: () => void
}

/** One question with one reason: what is kept in the timeline or the audit. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, text, okText, danger = false, least = 2, pending, error, onSubmit, onClose } = props
  const words = useWords(kitWords)
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= least
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger, disabled: !ready, loading: pending }}
      onOk={() => onSubmit(reason.trim())}
      onCancel={onClose}
    >
      {text === undefined ? null : <p>{text}</p>}
      {error ? <Failed error={error} /> : null}
      <Form layout="vertical" component="div">
        <Form.Item label={words.reason} htmlFor="reason-field">
          <Input
            id="reason-field"
            autoFocus
            maxLength={100}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => ready && onSubmit(reason.trim())}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
