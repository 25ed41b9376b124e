import { Alert, Form, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNow } from '../../../kit/now'
import { useWords } from '../../../words/language'
import { WallClock } from '../../../kit/wall-clock'
import type { DialogProps } from './act-dialog'
import { useCorrect, useExtend, useRestore } from '../api/change-notice'
import { useDoing } from './use-doing'
import { noticePageWords } from './words'

interface ChangeDialogProps extends Pick<DialogProps, 'told' | 'onClose'> {
  readonly act: 'extend' | 'restore' | 'correct'
  readonly ready: boolean
  readonly pending: boolean
  readonly onOk: (after: ReturnType<typeof useDoing>['after']) => void
  readonly children: ReactNode
}

/** What every further version asks: how many are told of it, and what is missing while it cannot be sent. */
function ChangeDialog({ act, told, ready, pending, onOk, onClose, children }: ChangeDialogProps) {
  const words = useWords(noticePageWords)
  const doing = useDoing(words.actOf[act], onClose)
  return (
    <Modal
      open
      title={words.changeTitleOf[act]}
      okText={words.actOf[act]}
      okButtonProps={{ disabled: !ready, loading: pending }}
      onOk={() => onOk(doing.after)}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{words.changeTextOf[act](told)}</p>
      {doing.text === null ? null : <Alert type="warning" showIcon title={doing.text} role="alert" />}
      <Form layout="vertical" component="div">
        {children}
      </Form>
    </Modal>
  )
}

interface TextFieldProps {
  readonly id: string
  readonly label: string
  readonly most: number
  /** More than one line; it is then counted how much room is left. */
  readonly rows?: number
  readonly value: string
  readonly onChange: (value: string) => void
}

function TextField({ id, label, most, rows, value, onChange }: TextFieldProps) {
  const field = {
    id,
    value,
    maxLength: most,
    onChange: (event: { target: { value: string } }): void => onChange(event.target.value),
  }
  return (
    <Form.Item label={label} htmlFor={id}>
      {rows === undefined ? <Input {...field} /> : <Input.TextArea {...field} rows={rows} showCount />}
    </Form.Item>
  )
}

interface TimeFieldProps {
  readonly id: string
  readonly label: string
  readonly value: number | null
  readonly onChange: (at: number | null) => void
  /** Why it cannot be. */
  readonly wrong: string | null
  readonly placeholder?: string
}

function TimeField({ id, label, value, onChange, wrong, placeholder }: TimeFieldProps) {
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      {...(wrong !== null && { validateStatus: 'error' as const, help: wrong })}
    >
      <WallClock
        id={id}
        value={value}
        onChange={onChange}
        {...(placeholder !== undefined && { placeholder })}
      />
    </Form.Item>
  )
}

/** Takes longer than was said. */
export function ExtendDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const extend = useExtend()
  const { id: noticeId, revision, endsAt: oldEnd } = data.notice
  const [endsAt, setEndsAt] = useState<number | null>(oldEnd)
  const [reason, setReason] = useState('')
  const later = endsAt !== null && endsAt > (oldEnd ?? 0)
  return (
    <ChangeDialog
      act="extend"
      told={told}
      ready={later && reason.trim().length >= 2}
      pending={extend.isPending}
      onOk={(after) =>
        endsAt !== null && extend.mutate({ noticeId, revision, endsAt, reason: reason.trim() }, after)
      }
      onClose={onClose}
    >
      <TimeField
        id="extend-end"
        label={words.newEnd}
        value={endsAt}
        onChange={setEndsAt}
        wrong={endsAt !== null && endsAt !== oldEnd && !later ? words.wrongOrder : null}
      />
      <TextField
        id="extend-reason"
        label={words.extendReason}
        most={60}
        value={reason}
        onChange={setReason}
      />
    </ChangeDialog>
  )
}

/** Supply is back: since when, and what else residents should know. */
export function RestoreDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const restore = useRestore()
  const { id: noticeId, revision, startsAt } = data.notice
  // Without a choice it is the moment of the press, not of the opening.
  const [restoredAt, setRestoredAt] = useState<number | null>(null)
  const [text, setText] = useState('')
  const now = useNow()
  const fits = restoredAt === null || (restoredAt <= now && restoredAt >= (startsAt ?? 0))
  return (
    <ChangeDialog
      act="restore"
      told={told}
      ready={fits}
      pending={restore.isPending}
      onOk={(after) =>
        restore.mutate(
          { noticeId, revision, words: text.trim(), ...(restoredAt !== null && { restoredAt }) },
          after,
        )
      }
      onClose={onClose}
    >
      <TimeField
        id="restore-at"
        label={words.restoredAt}
        value={restoredAt}
        onChange={setRestoredAt}
        wrong={fits ? null : words.tooEarly}
        placeholder={words.now}
      />
      <TextField
        id="restore-words"
        label={words.restoreWords}
        most={200}
        rows={3}
        value={text}
        onChange={setText}
      />
    </ChangeDialog>
  )
}

/** It was wrong: what is right, said to those who were told. */
export function CorrectDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const correct = useCorrect()
  const { notice, draft } = data
  const [title, setTitle] = useState(notice.title)
  const [text, setText] = useState(draft.words)
  const [reason, setReason] = useState('')
  const ready = title.trim().length >= 4 && text.trim().length >= 4 && reason.trim().length >= 2
  const said = { title: title.trim(), words: text.trim(), reason: reason.trim() }
  return (
    <ChangeDialog
      act="correct"
      told={told}
      ready={ready}
      pending={correct.isPending}
      onOk={(after) => correct.mutate({ noticeId: notice.id, revision: notice.revision, ...said }, after)}
      onClose={onClose}
    >
      <TextField id="correct-title" label={words.newTitle} most={40} value={title} onChange={setTitle} />
      <TextField
        id="correct-words"
        label={words.newWords}
        most={600}
        rows={5}
        value={text}
        onChange={setText}
      />
      <TextField
        id="correct-reason"
        label={words.correctReason}
        most={200}
        value={reason}
        onChange={setReason}
      />
    </ChangeDialog>
  )
}
