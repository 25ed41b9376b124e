import { Button, Drawer, Form, Input, Popover } from 'antd'
import { useState } from 'react'
import type { DeskRow } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useRecall } from './api/recall-order'
import { AssignPanel } from './assign-panel'
import { dispatchWords } from './words'

interface DispatchDrawerProps {
  readonly request: DeskRow
  readonly onClose: () => void
}

/** Dispatching beside the request, which stays in sight. */
export function DispatchDrawer({ request, onClose }: DispatchDrawerProps) {
  const words = useWords(dispatchWords)
  const may = useMay()
  const out = request.assignee !== null || request.state === 'dispatched'
  return (
    <Drawer
      open
      size={460}
      title={words.drawer(request.number)}
      onClose={onClose}
      extra={out && may('dispatch.recall') ? <RecallButton request={request} onDone={onClose} /> : null}
    >
      <AssignPanel request={request} onDone={onClose} />
    </Drawer>
  )
}

function RecallButton({ request, onDone }: { readonly request: DeskRow; readonly onDone: () => void }) {
  const words = useWords(dispatchWords)
  const { done, failed } = useSay()
  const recall = useRecall()
  const [reason, setReason] = useState('')
  const submit = (): void => {
    if (reason.trim().length < 2) return
    recall.mutate(
      { requestId: request.id, version: request.version, reason: reason.trim() },
      {
        onError: failed,
        onSuccess: () => {
          done(words.recalled)
          onDone()
        },
      },
    )
  }
  const content = (
    <Form layout="vertical" onFinish={submit}>
      <Form.Item label={words.recallReason} htmlFor="recall-reason">
        <Input
          id="recall-reason"
          autoFocus
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form.Item>
      <Button danger htmlType="submit" disabled={reason.trim().length < 2} loading={recall.isPending}>
        {words.recall}
      </Button>
    </Form>
  )
  return (
    <Popover trigger="click" title={words.recallTitle(request.number)} content={content}>
      <Button danger>{words.recall}</Button>
    </Popover>
  )
}
