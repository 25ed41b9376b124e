import { Alert, Modal, Spin } from 'antd'
import { useNavigate } from 'react-router'
import { isConflict } from '../../../api/errors'
import type { NoticePreview } from '../../../api/types'
import { count } from '../../../kit/count'
import { timeOf, yuan } from '../../../kit/format'
import { Failed } from '../../../kit/loaded'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { useSubmit } from '../api/submit-notice'
import type { Publishing } from './publish-section'
import type { EditorState } from './use-editor'
import { editorWords } from './words'

interface ConfirmDialogProps {
  readonly editor: EditorState
  readonly publishing: Publishing
  readonly onClose: () => void
}

/** The last look: how many people, what it costs, and what cannot be taken back. */
export function ConfirmDialog({ editor, publishing, onClose }: ConfirmDialogProps) {
  const words = useWords(editorWords)
  const go = useNavigate()
  const { done } = useSay()
  const submit = useSubmit()
  const { fresh, saved } = editor
  const publish = (preview: NoticePreview): void => {
    if (saved === null) return
    const { leadReason, publishAt } = publishing
    submit.mutate(
      {
        noticeId: saved.noticeId,
        revision: saved.revision,
        expectedResidents: preview.residents,
        ...(leadReason !== '' && { leadReason }),
        ...(publishAt !== null && { publishAt }),
      },
      {
        onSuccess: ({ notice }) => {
          editor.forget()
          done(
            notice.state === 'waiting'
              ? words.submitted
              : notice.state === 'scheduled'
                ? words.scheduled
                : words.published,
          )
          void go(`/notices/${notice.id}`)
        },
        onError: (error) => {
          if (!isConflict(error)) return
          onClose()
          void editor.meet()
        },
      },
    )
  }
  const stuck = editor.failed ?? editor.countError ?? (editor.preview?.state === 'failed' ? 'failed' : null)
  return (
    <Modal
      open
      title={fresh?.needsApproval ? words.confirmApprovalTitle : words.confirmTitle}
      okText={fresh === null ? words.counting : words.receivers(count(fresh.residents))}
      okButtonProps={{ disabled: fresh === null, loading: submit.isPending }}
      onOk={() => fresh !== null && publish(fresh)}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {submit.error ? <Failed error={submit.error} /> : null}
      {stuck === 'failed' ? <Alert type="error" showIcon title={words.countFailed} /> : null}
      {stuck !== null && stuck !== 'failed' ? (
        <Failed error={stuck} retry={() => void editor.recount()} />
      ) : null}
      {fresh !== null ? (
        <Sums preview={fresh} publishing={publishing} />
      ) : stuck === null ? (
        <Spin className="pad" />
      ) : null}
    </Modal>
  )
}

interface SumsProps {
  readonly preview: NoticePreview
  readonly publishing: Publishing
}

function Sums({ preview, publishing }: SumsProps) {
  const words = useWords(editorWords)
  const { households, residents, costFen, needsApproval, lead, calls } = preview
  const then = needsApproval
    ? words.confirmApproval
    : publishing.publishAt === null
      ? words.confirmNow
      : words.confirmLater(timeOf(publishing.publishAt))
  return (
    <>
      <p className="big">{words.confirmText(count(households), count(residents), yuan(costFen))}</p>
      {residents === 0 ? <Alert type="warning" showIcon title={words.confirmNobody} /> : null}
      {lead.broken && lead.rule !== null ? (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {lead.rule}
              <div className="quiet">{words.leadBecause(publishing.leadReason)}</div>
            </>
          }
        />
      ) : null}
      {calls > 0 ? <p>{words.calls(count(calls))}</p> : null}
      <p>{then}</p>
    </>
  )
}
