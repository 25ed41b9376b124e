import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Account } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useSetState } from './api/set-state'
import { peopleWords } from './words'

export interface AccountDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

/** Disabling and enabling say why: the audit keeps it. */
export function StateDialog({ account, onClose }: AccountDialogProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const set = useSetState()
  const [reason, setReason] = useState('')
  const ends = account.state === 'active'
  const submit = (): void => {
    const onSuccess = (): void => {
      done(kit.done)
      onClose()
    }
    set.mutate(
      { staffId: account.id, state: ends ? 'disabled' : 'active', reason: reason.trim() },
      { onSuccess },
    )
  }
  return (
    <Modal
      open
      title={ends ? words.disableTitle(account.name) : words.enableTitle(account.name)}
      okText={ends ? words.disable : words.enable}
      okButtonProps={{ danger: ends, disabled: reason.trim().length < 2, loading: set.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {ends ? <p>{words.disableText}</p> : null}
      {set.error ? <Failed error={set.error} /> : null}
      <Form layout="vertical">
        <Form.Item label={kit.reason} htmlFor="state-reason">
          <Input
            id="state-reason"
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
