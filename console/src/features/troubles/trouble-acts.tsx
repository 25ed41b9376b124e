import { Button } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useResolve, useRetryJob, useRetryPosting, useRetryRefund } from './api/act-on-trouble'
import type { Trouble } from './trouble-table'
import { troubleWords } from './words'

/** What may be done about one line now: try again, or settle it with a note. */
export function TroubleActs({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  const { resolved } = row
  if (resolved !== null)
    return (
      <>
        <span>{resolved.note}</span>
        <div className="quiet">{words.resolvedBy(resolved.byName, timeOf(resolved.at))}</div>
      </>
    )
  return (
    <>
      {row.may.includes('retry') ? <Retry row={row} /> : null}
      {row.may.includes('resolve') ? <Resolve row={row} /> : null}
    </>
  )
}

function Retry({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  const may = useMay()
  const { done, failed } = useSay()
  const posting = useRetryPosting()
  const refund = useRetryRefund()
  const job = useRetryJob()
  const after = { onSuccess: () => done(words.retried), onError: failed }
  const retry = (): void => {
    if (row.kind === 'posting') posting.mutate({ postingId: row.id }, after)
    if (row.kind === 'refund') refund.mutate({ refundId: row.id }, after)
    if (row.kind === 'job') job.mutate({ jobId: row.id }, after)
  }
  if (!may('troubles.retryPosting')) return null
  return (
    <Button
      size="small"
      aria-label={`${words.retry} ${row.orderNo ?? row.code}`}
      loading={posting.isPending || refund.isPending || job.isPending}
      onClick={retry}
    >
      {words.retry}
    </Button>
  )
}

const leastNote = 4

function Resolve({ row }: { readonly row: Trouble }) {
  const words = useWords(troubleWords)
  const may = useMay()
  const { done } = useSay()
  const resolve = useResolve()
  const [open, setOpen] = useState(false)
  if (!may('troubles.resolve')) return null
  return (
    <>
      <Button
        size="small"
        aria-label={`${words.resolve} ${row.orderNo ?? row.code}`}
        onClick={() => setOpen(true)}
      >
        {words.resolve}
      </Button>
      {open ? (
        <ReasonDialog
          title={words.resolve}
          text={words.resolveText}
          okText={words.resolve}
          least={leastNote}
          pending={resolve.isPending}
          error={resolve.error}
          onSubmit={(note) =>
            resolve.mutate(
              { exceptionId: row.id, note },
              {
                onSuccess: () => {
                  setOpen(false)
                  done(words.resolved)
                },
              },
            )
          }
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
