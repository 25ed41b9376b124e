import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useWords } from '../../words/language'
import type { ReadingDetail } from './api'
import { readingWords } from './words'

export type Asking = 'correct' | 'reject' | 'visit'

interface DecideDialogProps {
  readonly asking: Asking
  readonly detail: ReadingDetail
  readonly pending: boolean
  readonly error: unknown
  readonly onSubmit: (more: { value?: string; words?: string }) => void
  readonly onClose: () => void
}

/** What must be said with a decision: the figure, or why. */
export function DecideDialog({ asking, detail, pending, error, onSubmit, onClose }: DecideDialogProps) {
  const words = useWords(readingWords)
  const around = { pending, error, onClose }
  if (asking === 'correct')
    return <CorrectDialog {...around} detail={detail} onSubmit={(value) => onSubmit({ value })} />
  return (
    <ReasonDialog
      {...around}
      title={asking === 'reject' ? words.rejectTitle : words.visitTitle}
      text={asking === 'reject' ? words.rejectText : words.visitText}
      okText={words[asking]}
      danger={asking === 'reject'}
      least={asking === 'reject' ? 4 : 0}
      onSubmit={(text) => onSubmit(text === '' ? {} : { words: text })}
    />
  )
}

interface DialogProps {
  readonly detail: ReadingDetail
  readonly pending: boolean
  readonly error: unknown
  readonly onSubmit: (value: string) => void
  readonly onClose: () => void
}

function CorrectDialog({ detail, pending, error, onSubmit, onClose }: DialogProps) {
  const words = useWords(readingWords)
  const { integerDigits, decimals } = detail
  const [value, setValue] = useState(detail.reading.value)
  const fits = new RegExp(
    decimals === 0 ? `^\\d{1,${integerDigits}}$` : `^\\d{1,${integerDigits}}(\\.\\d{1,${decimals}})?$`,
  )
  const ready = fits.test(value.trim())
  return (
    <Modal
      open
      title={words.correctTitle}
      okText={words.accept}
      okButtonProps={{ disabled: !ready, loading: pending }}
      onOk={() => onSubmit(value.trim())}
      onCancel={onClose}
    >
      {error ? <Failed error={error} /> : null}
      <Form layout="vertical" component="div">
        <Form.Item label={words.correctText(integerDigits, decimals)} htmlFor="correct-value">
          <Input
            id="correct-value"
            className="num"
            autoFocus
            inputMode="decimal"
            suffix={detail.reading.unit}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            onPressEnter={() => ready && onSubmit(value.trim())}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
