import { Alert, Modal } from 'antd'
import { useNavigate } from 'react-router'
import { count } from '../../../kit/count'
import { yuan } from '../../../kit/format'
import { Facts } from '../../../kit/facts'
import { ReasonDialog } from '../../../kit/reason-dialog'
import { useWords } from '../../../words/language'
import type { DialogProps } from './act-dialog'
import { actName } from './acts'
import { useApprove, useCancel, useRefuse } from '../api/change-notice'
import { useDiscard } from '../api/discard-draft'
import { countedOf, useCounted } from '../api/read-preview'
import { placeWords, spanWords } from '../times'
import { useDoing } from './use-doing'
import { noticeWords } from '../words'
import { noticePageWords } from './words'

/** The second person sees what goes out, to how many, and why it was late. */
export function ApproveDialog({ data, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const common = useWords(noticeWords)
  const approve = useApprove()
  const doing = useDoing(words.actOf.approve, onClose)
  const { notice, areas, versions } = data
  const counted = useCounted(countedOf(notice))
  const newest = versions.reduce((one, other) => (other.version > one.version ? other : one))
  const preview = counted.data?.preview.state === 'done' ? counted.data.preview : null
  const households = notice.households === null ? '—' : count(notice.households)
  return (
    <Modal
      open
      title={words.approveTitle}
      okText={words.actOf.approve}
      okButtonProps={{ loading: approve.isPending }}
      onOk={() => approve.mutate({ noticeId: notice.id, revision: notice.revision }, doing.after)}
      onCancel={onClose}
    >
      {doing.text === null ? null : <Alert type="warning" showIcon title={doing.text} role="alert" />}
      <p>{words.approveText(preview === null ? households : count(preview.households))}</p>
      <Facts
        rows={[
          [common.subject, notice.title],
          [common.times, spanWords(notice, common.noEnd)],
          [
            common.areas,
            areas
              .slice(0, 8)
              .map(({ fullName }) => placeWords(fullName))
              .join('、'),
          ],
          ...(preview === null
            ? []
            : ([
                [words.receivers, count(preview.residents)],
                [words.cost, yuan(preview.costFen)],
              ] as const)),
          ...(newest.leadRule === null
            ? []
            : ([[words.leadBroken, `${newest.leadRule} ${newest.leadReason ?? ''}`]] as const)),
        ]}
      />
    </Modal>
  )
}

export function RefuseDialog({ data, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const refuse = useRefuse()
  const doing = useDoing(words.actOf.refuse, onClose)
  const { id, revision } = data.notice
  return (
    <ReasonDialog
      title={words.refuseTitle}
      text={words.refuseText}
      okText={words.actOf.refuse}
      pending={refuse.isPending}
      error={refuse.error}
      onSubmit={(text) => refuse.mutate({ noticeId: id, revision, words: text }, doing.after)}
      onClose={onClose}
    />
  )
}

export function CancelDialog({ data, told, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const cancel = useCancel()
  const name = actName('cancel', data.notice, words)
  const doing = useDoing(name, onClose)
  const { id, revision, kind } = data.notice
  const isNews = kind === 'general'
  return (
    <ReasonDialog
      title={isNews ? words.withdrawTitle : words.cancelTitle}
      text={isNews ? words.withdrawText(told) : words.cancelText(told)}
      okText={name}
      danger
      pending={cancel.isPending}
      error={cancel.error}
      onSubmit={(reason) => cancel.mutate({ noticeId: id, revision, reason }, doing.after)}
      onClose={onClose}
    />
  )
}

export function DiscardDialog({ data, onClose }: DialogProps) {
  const words = useWords(noticePageWords)
  const go = useNavigate()
  const discard = useDiscard()
  const doing = useDoing(words.actOf.discard, () => {
    onClose()
    void go('/notices')
  })
  const { id, revision } = data.notice
  return (
    <Modal
      open
      title={words.discardTitle}
      okText={words.actOf.discard}
      okButtonProps={{ danger: true, loading: discard.isPending }}
      onOk={() => discard.mutate({ noticeId: id, revision }, doing.after)}
      onCancel={onClose}
    >
      {doing.text === null ? null : <Alert type="warning" showIcon title={doing.text} role="alert" />}
      <p>{words.discardText}</p>
    </Modal>
  )
}
