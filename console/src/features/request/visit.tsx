import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { DeskRequest } from '../../api/types'
import { timeOf } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { keepRequest } from './api/keep-request'
import { useBookVisit, useCancelVisit } from './api/visits'
import { SlotPicker } from './slot-picker'
import { useConflict } from './use-conflict'
import { requestWords } from './words'

type Doing = 'book' | 'cancel'

/** The visit that was agreed, and what an agent may do about it while the caller is on the telephone. */
export function Visit({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const may = useMay()
  const [doing, setDoing] = useState<Doing | null>(null)
  const { appointment } = request
  const mayBook = request.mayBookVisit && may('desk.bookVisit')
  if (appointment === null && !mayBook) return null
  return (
    <section>
      <h2>{words.appointment}</h2>
      {appointment === null ? (
        <p className="quiet">{words.noVisit}</p>
      ) : (
        <p>
          <b className="num">
            {appointment.slot.day} {appointment.slot.from}–{appointment.slot.to}
          </b>
          <br />
          <span className="quiet">{words.changeUntil(timeOf(appointment.changeUntil))}</span>
        </p>
      )}
      {mayBook ? (
        <div className="row-actions">
          <Button size="small" onClick={() => setDoing('book')}>
            {appointment === null ? words.bookVisit : words.moveVisit}
          </Button>
          {appointment === null ? null : (
            <Button size="small" onClick={() => setDoing('cancel')}>
              {words.cancelVisit}
            </Button>
          )}
        </div>
      ) : null}
      {doing === null ? null : (
        <VisitDialog key={doing} request={request} doing={doing} onClose={() => setDoing(null)} />
      )}
    </section>
  )
}

interface VisitDialogProps {
  readonly request: DeskRequest
  readonly doing: Doing
  readonly onClose: () => void
}

function VisitDialog({ request, doing, onClose }: VisitDialogProps) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const conflict = useConflict(request.id)
  const book = useBookVisit()
  const cancel = useCancelVisit()
  const [slotId, setSlotId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  // After the residents' own limit whoever changes it says why.
  const isLate = request.appointment?.mayChange === false
  const needsReason = doing === 'cancel' || isLate
  const ready = (doing === 'cancel' || slotId !== null) && (!needsReason || reason.trim().length >= 2)
  const title =
    doing === 'cancel' ? words.cancelVisit : request.appointment ? words.moveVisit : words.bookVisit
  const submit = (): void => {
    if (!ready) return
    conflict.reset()
    const said = { requestId: request.id, version: request.version }
    const after = {
      onError: conflict.onError,
      onSuccess: (answer: { request: DeskRequest }) => {
        keepRequest(answer)
        done(words.moved(title))
        onClose()
      },
    }
    if (doing === 'cancel') cancel.mutate({ ...said, reason: reason.trim() }, after)
    else if (slotId !== null)
      book.mutate({ ...said, slotId, ...(reason.trim() !== '' && { reason: reason.trim() }) }, after)
  }
  return (
    <Modal
      open
      width={640}
      title={title}
      okText={title}
      okButtonProps={{ disabled: !ready, loading: book.isPending || cancel.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {conflict.text === null ? null : <Alert type="warning" showIcon title={conflict.text} role="alert" />}
      {doing === 'cancel' ? (
        <p>{words.cancelVisitText}</p>
      ) : (
        <SlotPicker
          of={{ requestId: request.id, companyId: request.companyId, typeId: request.typeId }}
          chosen={slotId}
          onChoose={(slot) => setSlotId(slot.slotId)}
        />
      )}
      {isLate ? <p className="quiet">{words.visitLate}</p> : null}
      {needsReason ? (
        <Form layout="vertical" component="div">
          <Form.Item label={kit.reason} htmlFor="visit-reason">
            <Input
              id="visit-reason"
              maxLength={100}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              onPressEnter={submit}
            />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  )
}
