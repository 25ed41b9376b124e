import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useKeys } from '../../kit/use-keys'
import { useWords } from '../../words/language'
import { type ReadingDetail, useDecide, useReadings } from './api'
import { type Asking, DecideDialog } from './decide-dialog'
import { readingWords } from './words'

/** The four things that can be made of a doubtful reading, each by one key; afterwards the next one is opened. */
export function DecideBar({ detail }: { readonly detail: ReadingDetail }) {
  const words = useWords(readingWords)
  const may = useMay()
  const { done, failed } = useSay()
  const decide = useDecide()
  const next = useNext(detail)
  const [asking, setAsking] = useState<Asking | null>(null)
  const { id: readingId, version } = detail.reading
  const act = (
    decision: 'accept' | 'correct' | 'reject' | 'visit',
    more: { value?: string; words?: string } = {},
  ) =>
    decide.mutate(
      { readingId, version, decision, ...more },
      {
        onError: (error) => asking === null && failed(error),
        onSuccess: () => {
          done(words.saved[decision])
          setAsking(null)
          if (decision !== 'visit') next()
        },
      },
    )
  const ask = (what: Asking): void => {
    decide.reset()
    setAsking(what)
  }
  useKeys({
    a: () => act('accept'),
    c: () => ask('correct'),
    x: () => ask('reject'),
    v: () => ask('visit'),
    j: next,
  })
  if (!may('readingDesk.decide')) return null
  return (
    <div className="card decide-bar">
      <Button type="primary" loading={decide.isPending && asking === null} onClick={() => act('accept')}>
        {words.accept}
      </Button>
      <Button onClick={() => ask('correct')}>{words.correct}</Button>
      <Button onClick={() => ask('visit')}>{words.visit}</Button>
      <Button danger onClick={() => ask('reject')}>
        {words.reject}
      </Button>
      <span className="quiet">{words.keys}</span>
      {asking === null ? null : (
        <DecideDialog
          asking={asking}
          detail={detail}
          pending={decide.isPending}
          error={decide.error}
          onSubmit={(more) => act(asking, more)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}

/** Opens the next one of the queue, or the queue when this was the last. */
function useNext({ reading }: ReadingDetail): () => void {
  const go = useNavigate()
  const queue = useReadings({ tab: 'doubtful', companyId: reading.companyId }).data?.items ?? []
  const at = queue.findIndex(({ id }) => id === reading.id)
  const following = queue[at + 1] ?? queue.find(({ id }) => id !== reading.id)
  return () => void go(following === undefined ? '/readings' : `/readings/${following.id}`)
}
