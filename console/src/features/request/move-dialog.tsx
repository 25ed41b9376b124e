import { Alert, DatePicker, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { DeskRequest, MoveInput } from '../../api/types'
import { fromWallClock } from '../../kit/format'
import { pastedFiles, UploadStrip } from '../../kit/upload-strip'
import { useSay } from '../../kit/use-done'
import { useUploads } from '../../kit/use-uploads'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { keepRequest } from './api/keep-request'
import { useMove } from './api/move-request'
import { asksFor, type DeskMove, isReady, moveInput } from './moves'
import { useConflict } from './use-conflict'
import { requestWords } from './words'

interface MoveDialogProps {
  readonly request: DeskRequest
  readonly move: DeskMove
  readonly onClose: () => void
}

/** Asks for what a move needs, and keeps it when a colleague was faster. */
export function MoveDialog({ request, move, onClose }: MoveDialogProps) {
  const words = useWords(requestWords)
  const { done } = useSay()
  const act = useMove()
  const conflict = useConflict(request.id)
  const uploads = useUploads(8)
  const [text, setText] = useState('')
  const [holdReason, setHoldReason] = useState<MoveInput['holdReason']>('customer')
  const [until, setUntil] = useState<number | null>(null)
  const submit = (): void => {
    conflict.reset()
    const given = moveInput(move, { words: text, holdReason, until, fileIds: uploads.fileIds })
    act.mutate(
      { requestId: request.id, version: request.version, ...given },
      {
        onError: conflict.onError,
        onSuccess: (answer) => {
          keepRequest(answer)
          done(words.moved(words.move[move]))
          onClose()
        },
      },
    )
  }
  const missing = move === 'resolve' ? request.evidenceMissing.map((one) => words.evidence[one]) : []
  return (
    <Modal
      open
      title={words.moveTitle(words.move[move], request.number)}
      okText={words.move[move]}
      okButtonProps={{
        danger: move === 'cancel',
        disabled: !isReady(move, text) || uploads.busy,
        loading: act.isPending,
      }}
      onOk={submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="quiet">{words.moveText[move]}</p>
      {conflict.text === null ? null : <Alert type="warning" showIcon title={conflict.text} role="alert" />}
      {missing.length > 0 ? <Alert type="info" showIcon title={words.missing(missing.join('、'))} /> : null}
      <Form layout="vertical">
        {move === 'hold' ? (
          <HoldFields reason={holdReason} onReason={setHoldReason} onUntil={setUntil} />
        ) : null}
        <Form.Item label={words.moveWords[asksFor(move)]} htmlFor="move-words">
          <Input.TextArea
            id="move-words"
            autoFocus
            rows={4}
            maxLength={500}
            showCount
            value={text}
            onChange={(event) => setText(event.target.value)}
            onPaste={(event) => uploads.add(pastedFiles(event))}
          />
        </Form.Item>
      </Form>
      {move === 'resolve' ? <UploadStrip uploads={uploads} /> : null}
    </Modal>
  )
}

interface HoldFieldsProps {
  readonly reason: MoveInput['holdReason']
  readonly onReason: (reason: MoveInput['holdReason']) => void
  readonly onUntil: (until: number | null) => void
}

function HoldFields({ reason, onReason, onUntil }: HoldFieldsProps) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const options = (['customer', 'parts', 'weather'] as const).map((value) => ({
    value,
    label: kit.hold[value],
  }))
  return (
    <>
      <Form.Item label={words.holdReason}>
        <Radio.Group
          aria-label={words.holdReason}
          optionType="button"
          options={options}
          value={reason}
          onChange={(event) => onReason(event.target.value as MoveInput['holdReason'])}
        />
      </Form.Item>
      <Form.Item label={words.until} htmlFor="hold-until">
        <DatePicker
          id="hold-until"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          onChange={(value) =>
            onUntil(value ? fromWallClock(`${value.format('YYYY-MM-DDTHH:mm')}:00`) : null)
          }
        />
      </Form.Item>
    </>
  )
}
