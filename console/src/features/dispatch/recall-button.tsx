import { Button } from 'antd'
import { useState } from 'react'
import type { DeskRow } from '../../api/types'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useRecall } from './api/recall-order'
import { dispatchWords } from './words'

interface RecallButtonProps {
  readonly request: DeskRow
  readonly onDone: () => void
}

/** Takes an order back from its worker, who is told why. */
export function RecallButton({ request, onDone }: RecallButtonProps) {
  const words = useWords(dispatchWords)
  const { done } = useSay()
  const recall = useRecall()
  const [open, setOpen] = useState(false)
  const submit = (reason: string): void => {
    const onSuccess = (): void => {
      done(words.recalled)
      onDone()
    }
    recall.mutate({ requestId: request.id, version: request.version, reason }, { onSuccess })
  }
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {words.recall}
      </Button>
      {open ? (
        <ReasonDialog
          title={words.recallTitle(request.number)}
          okText={words.recall}
          danger
          pending={recall.isPending}
          error={recall.error}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
