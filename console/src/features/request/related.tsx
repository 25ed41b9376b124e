import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DeskRequest } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { keepRequest } from './api/keep-request'
import { useLinkRequests } from './api/link-requests'
import { useSplit } from './api/split-requests'
import { JoinDialog } from './join-dialog'
import { requestWords } from './words'

/** Merged, linked, and the ways to make and undo both. */
export function Related({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const may = useMay()
  const [joining, setJoining] = useState<'merge' | 'link' | null>(null)
  const mayMerge = may('desk.merge') && request.parent === null
  if (!mayMerge && !may('desk.link') && !hasAny(request)) return null
  return (
    <section>
      <h2>{words.related}</h2>
      <RelatedList request={request} />
      <div className="row-actions">
        {mayMerge ? (
          <Button size="small" onClick={() => setJoining('merge')}>
            {words.merge}
          </Button>
        ) : null}
        {may('desk.link') ? (
          <Button size="small" onClick={() => setJoining('link')}>
            {words.link}
          </Button>
        ) : null}
      </div>
      {joining === null ? null : (
        <JoinDialog request={request} kind={joining} onClose={() => setJoining(null)} />
      )}
    </section>
  )
}

const hasAny = ({ parent, merged, linked }: DeskRequest): boolean =>
  parent !== null || merged.length > 0 || linked.length > 0

function RelatedList({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const may = useMay()
  const { failed } = useSay()
  const link = useLinkRequests()
  const [splitting, setSplitting] = useState<SplitDialogProps['child'] | null>(null)
  const { parent, merged, linked } = request
  return (
    <ul className="lines">
      {parent === null ? null : (
        <li>
          <span className="quiet">{words.parent}</span>
          <NumberLink id={parent.id} number={parent.number} />
          {may('desk.split') ? (
            <Button size="small" type="text" onClick={() => setSplitting(request)}>
              {words.split}
            </Button>
          ) : null}
        </li>
      )}
      {merged.map((child) => (
        <li key={child.id}>
          <span className="quiet">{words.merged}</span>
          <NumberLink id={child.id} number={child.number} />
          {may('desk.split') ? (
            <Button size="small" type="text" onClick={() => setSplitting(child)}>
              {words.split}
            </Button>
          ) : null}
        </li>
      ))}
      {linked.map((other) => (
        <li key={other.id}>
          <span className="quiet">{words.linked}</span>
          <NumberLink id={other.id} number={other.number} />
          {may('desk.link') ? (
            <Button
              size="small"
              type="text"
              aria-label={words.unlink(other.number)}
              onClick={() =>
                link.mutate(
                  { requestId: request.id, otherId: other.id, linked: false },
                  { onSuccess: keepRequest, onError: failed },
                )
              }
            >
              ×
            </Button>
          ) : null}
        </li>
      ))}
      {splitting === null ? null : <SplitDialog child={splitting} onClose={() => setSplitting(null)} />}
    </ul>
  )
}

function NumberLink({ id, number }: { readonly id: string; readonly number: string }) {
  return (
    <Link to={`/requests/${id}`} className="num grow">
      {number}
    </Link>
  )
}

interface SplitDialogProps {
  readonly child: { readonly id: string; readonly number: string }
  readonly onClose: () => void
}

/** Taking one out of its group says why, in both timelines. */
function SplitDialog({ child, onClose }: SplitDialogProps) {
  const words = useWords(requestWords)
  const { done } = useSay()
  const split = useSplit()
  const submit = (reason: string): void => {
    const onSuccess = (): void => {
      done(words.moved(words.split))
      onClose()
    }
    split.mutate({ childIds: [child.id], reason }, { onSuccess })
  }
  return (
    <ReasonDialog
      title={words.splitTitle(child.number)}
      okText={words.split}
      pending={split.isPending}
      error={split.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
