import { Alert, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { ActInput } from '../../../api/types'
import type { Conversation } from '../../../kit/line/frames'
import { Failed } from '../../../kit/loaded'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { keepConversation, useClose } from '../api/acts'
import { dialogWords } from './words'

const reasons = ['solved', 'request', 'no-answer', 'abuse', 'other'] as const

interface CloseDialogProps {
  readonly conversation: Conversation
  readonly onClose: () => void
}

/** Ends it with a reason; what it became is the likely one. */
export function CloseDialog({ conversation, onClose }: CloseDialogProps) {
  const words = useWords(dialogWords)
  const { done } = useSay()
  const close = useClose()
  const [reason, setReason] = useState<ActInput<'chatDesk.close'>['reason']>(
    conversation.request === null ? 'solved' : 'request',
  )
  const submit = (): void =>
    close.mutate(
      { conversationId: conversation.id, reason },
      {
        onSuccess: (answer) => {
          keepConversation(answer.conversation)
          done(words.closed)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.closeTitle}
      okText={words.closeOk}
      okButtonProps={{ loading: close.isPending, autoFocus: true }}
      onOk={submit}
      onCancel={onClose}
    >
      {close.error ? <Failed error={close.error} /> : null}
      {conversation.lastFrom === 'resident' ? (
        <Alert type="warning" showIcon title={words.closeUnanswered} />
      ) : null}
      <p>{words.closeText}</p>
      <Radio.Group
        aria-label={words.closeTitle}
        optionType="button"
        value={reason}
        options={reasons.map((value) => ({ value, label: words.reasonOf[value] }))}
        onChange={(event) => setReason(event.target.value as typeof reason)}
      />
    </Modal>
  )
}
