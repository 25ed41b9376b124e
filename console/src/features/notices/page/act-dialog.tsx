import type { DeskNotice, NoticeAct, NoticeProgress } from '../../../api/types'
import { count } from '../../../kit/count'
import { ReasonDialog } from '../../../kit/reason-dialog'
import { useWords } from '../../../words/language'
import { ApproveDialog, CancelDialog, DiscardDialog, RefuseDialog } from './decide-dialogs'
import { CorrectDialog, ExtendDialog, RestoreDialog } from './change-dialogs'
import { actName } from './acts'
import { stoppable, toldOf } from './progress'
import { TestDialog } from '../test-dialog'
import { noticePageWords } from './words'

export interface DialogProps {
  readonly data: DeskNotice
  /** How many know already, in words. */
  readonly told: string
  readonly onClose: () => void
}

interface ActDialogProps {
  readonly act: NoticeAct
  readonly data: DeskNotice
  readonly progress: NoticeProgress | null
  readonly onStop: (reason: string) => void
  readonly onClose: () => void
}

/** The question that belongs to an act; each says how many people it concerns. */
export function ActDialog({ act, data, progress, onStop, onClose }: ActDialogProps) {
  const words = useWords(noticePageWords)
  const told = progress === null ? '0' : count(toldOf(progress))
  const all = { data, told, onClose }
  const scheduled = data.notice.state === 'scheduled'
  switch (act) {
    case 'approve':
      return <ApproveDialog {...all} />
    case 'refuse':
      return <RefuseDialog {...all} />
    case 'cancel':
      return <CancelDialog {...all} />
    case 'discard':
      return <DiscardDialog {...all} />
    case 'extend':
      return <ExtendDialog {...all} />
    case 'restore':
      return <RestoreDialog {...all} />
    case 'correct':
      return <CorrectDialog {...all} />
    case 'test-send':
      return <TestDialog noticeId={data.notice.id} revision={data.notice.revision} onClose={onClose} />
    case 'stop':
      return (
        <ReasonDialog
          title={scheduled ? words.unscheduleTitle : words.stopTitle}
          text={
            scheduled
              ? words.unscheduleText
              : words.stopText(told, progress === null ? '0' : count(stoppable(progress)))
          }
          okText={actName(act, data.notice, words)}
          danger
          pending={false}
          error={null}
          onSubmit={onStop}
          onClose={onClose}
        />
      )
    case 'save':
    case 'submit':
      return null
  }
}
