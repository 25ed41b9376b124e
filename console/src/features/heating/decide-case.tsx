import { Button, Modal } from 'antd'
import { useState } from 'react'
import { yuan } from '../../kit/format'
import { Failed } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type CaseDetail, useApprove, useReturn } from './api'
import { heatWords } from './words'

type Asking = 'approve' | 'keep' | 'recount'

/** Approving, answering an objection, and sending back; only while the sum stands and nothing is paid. */
export function DecideCase({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(heatWords)
  const may = useMay()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { state, amountFen } = detail
  const stands = state === 'final' || state === 'agreed' || state === 'objected' || state === 'half-approved'
  if (!stands || !may('heating.returnCase')) return null
  const close = (): void => setAsking(null)
  return (
    <div className="card decide-bar">
      {detail.mayApprove && amountFen !== null ? (
        <Button type="primary" onClick={() => setAsking('approve')}>
          {words.approve(yuan(amountFen))}
        </Button>
      ) : null}
      <Button onClick={() => setAsking('keep')}>{words.keep}</Button>
      <Button onClick={() => setAsking('recount')}>{words.recount}</Button>
      {detail.needsSecond ? <span className="quiet">{words.second}</span> : null}
      {asking === 'approve' && amountFen !== null ? (
        <ApproveDialog detail={detail} amountFen={amountFen} onClose={close} />
      ) : null}
      {asking === 'keep' || asking === 'recount' ? (
        <ReturnDialog detail={detail} recount={asking === 'recount'} onClose={close} />
      ) : null}
    </div>
  )
}

interface DialogProps {
  readonly detail: CaseDetail
  readonly onClose: () => void
}

function ApproveDialog({ detail, amountFen, onClose }: DialogProps & { readonly amountFen: number }) {
  const words = useWords(heatWords)
  const { done } = useSay()
  const approve = useApprove()
  const submit = (): void =>
    approve.mutate(
      { caseId: detail.id, version: detail.version, amountFen },
      {
        onSuccess: ({ state }) => {
          done(state === 'approved' ? words.approved : words.halfApproved)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.approveTitle}
      okText={words.approve(yuan(amountFen))}
      okButtonProps={{ loading: approve.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {approve.error ? <Failed error={approve.error} /> : null}
      <p>{words.approveText}</p>
      <ol>
        {detail.calculation.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Modal>
  )
}

function ReturnDialog({ detail, recount, onClose }: DialogProps & { readonly recount: boolean }) {
  const words = useWords(heatWords)
  const { done } = useSay()
  const back = useReturn()
  const title = recount ? words.recount : words.keep
  return (
    <ReasonDialog
      title={title}
      text={words.answerLabel}
      okText={title}
      pending={back.isPending}
      error={back.error}
      onClose={onClose}
      onSubmit={(answer) =>
        back.mutate(
          { caseId: detail.id, version: detail.version, answer, recount },
          {
            onSuccess: () => {
              done(words.returned)
              onClose()
            },
          },
        )
      }
    />
  )
}
