import type { Account } from '../../api/types'
import { ReasonDialog } from '../../kit/reason-dialog'
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
  const ends = account.state === 'active'
  const submit = (reason: string): void => {
    const onSuccess = (): void => {
      done(kit.done)
      onClose()
    }
    set.mutate({ staffId: account.id, state: ends ? 'disabled' : 'active', reason }, { onSuccess })
  }
  return (
    <ReasonDialog
      title={ends ? words.disableTitle(account.name) : words.enableTitle(account.name)}
      {...(ends && { text: words.disableText })}
      okText={ends ? words.disable : words.enable}
      danger={ends}
      pending={set.isPending}
      error={set.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
