import { Alert, Form, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNow } from '../../../kit/now'
import { useWords } from '../../../words/language'
import { WallClock } from '../../../kit/wall-clock'
import type { DialogProps } from './act-dialog'
import { useCorrect, useExtend, useRestore } from '../api/change-notice'
import { useDoing } from './use-doing'
import { noticePageWords } from './words'

interface ChangeDialogProps {
  readonly title: string
  readonly text: string
  readonly okText: string
  readonly failed: string | null
  readonly ready: boolean
  readonly pending: boolean
  readonly onOk: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

function ChangeDialog(props: ChangeDialogProps) {
  const { title, text, okText, failed, ready, pending, onOk, onClose, children } = props
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ disabled: !ready, loading: pending }}
      onOk={onOk}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{text}</p>
      {failed === null ? null : <Alert type="warning" showIcon title={failed} role="alert" />}
      <Form layout="vertical" component="div">
        {children}
      </Form>
    </Modal>
  )
}

/** Takes longer than was said. */
export function ExtendDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const extend = useExtend()
  const doing = useDoing(words.actOf.extend, onClose)
  const { id, revision, endsAt: oldEnd } = data.notice
  const [endsAt, setEndsAt] = useState<number | null>(oldEnd)
  const [reason, setReason] = useState('')
  const later = endsAt !== null && endsAt > (oldEnd ?? 0)
  return (
    <ChangeDialog
      title={words.extendTitle}
      text={words.extendText(told)}
      okText={words.actOf.extend}
      failed={doing.text}
      ready={later && reason.trim().length >= 2}
      pending={extend.isPending}
      onOk={() =>
        endsAt !== null &&
        extend.mutate({ noticeId: id, revision, endsAt, reason: reason.trim() }, doing.after)
      }
      onClose={onClose}
    >
      <Form.Item
        label={words.newEnd}
        htmlFor="extend-end"
        {...(endsAt !== null &&
          endsAt !== oldEnd &&
          !later && { validateStatus: 'error' as const, help: words.wrongOrder })}
      >
        <WallClock id="extend-end" value={endsAt} onChange={setEndsAt} />
      </Form.Item>
      <Form.Item label={words.extendReason} htmlFor="extend-reason">
        <Input
          id="extend-reason"
          maxLength={60}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form.Item>
    </ChangeDialog>
  )
}

/** Supply is back: since when, and what else residents should know. */
export function RestoreDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const restore = useRestore()
  const doing = useDoing(words.actOf.restore, onClose)
  const { id, revision, startsAt } = data.notice
  // Without a choice it is the moment of the press, not of the opening.
  const [restoredAt, setRestoredAt] = useState<number | null>(null)
  const [text, setText] = useState('')
  const now = useNow()
  const fits = restoredAt === null || (restoredAt <= now && restoredAt >= (startsAt ?? 0))
  return (
    <ChangeDialog
      title={words.restoreTitle}
      text={words.restoreText(told)}
      okText={words.actOf.restore}
      failed={doing.text}
      ready={fits}
      pending={restore.isPending}
      onOk={() =>
        restore.mutate(
          { noticeId: id, revision, words: text.trim(), ...(restoredAt !== null && { restoredAt }) },
          doing.after,
        )
      }
      onClose={onClose}
    >
      <Form.Item
        label={words.restoredAt}
        htmlFor="restore-at"
        {...(!fits && { validateStatus: 'error' as const, help: words.tooEarly })}
      >
        <WallClock id="restore-at" value={restoredAt} onChange={setRestoredAt} placeholder={words.now} />
      </Form.Item>
      <Form.Item label={words.restoreWords} htmlFor="restore-words">
        <Input.TextArea
          id="restore-words"
          rows={3}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Form.Item>
    </ChangeDialog>
  )
}

/** It was wrong: what is right, said to those who were told. */
export function CorrectDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const correct = useCorrect()
  const doing = useDoing(words.actOf.correct, onClose)
  const { notice, draft } = data
  const [title, setTitle] = useState(notice.title)
  const [text, setText] = useState(draft.words)
  const [reason, setReason] = useState('')
  const ready = title.trim().length >= 4 && text.trim().length >= 4 && reason.trim().length >= 2
  return (
    <ChangeDialog
      title={words.correctTitle}
      text={words.correctText(told)}
      okText={words.actOf.correct}
      failed={doing.text}
      ready={ready}
      pending={correct.isPending}
      onOk={() =>
        correct.mutate(
          {
            noticeId: notice.id,
            revision: notice.revision,
            title: title.trim(),
            words: text.trim(),
            reason: reason.trim(),
          },
          doing.after,
        )
      }
      onClose={onClose}
    >
      <Form.Item label={words.newTitle} htmlFor="correct-title">
        <Input
          id="correct-title"
          maxLength={40}
          showCount
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Form.Item>
      <Form.Item label={words.newWords} htmlFor="correct-words">
        <Input.TextArea
          id="correct-words"
          rows={5}
          maxLength={600}
          showCount
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Form.Item>
      <Form.Item label={words.correctReason} htmlFor="correct-reason">
        <Input
          id="correct-reason"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form.Item>
    </ChangeDialog>
  )
}
