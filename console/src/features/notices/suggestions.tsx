import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { NoticeSuggestion } from '../../api/types'
import { timeOf } from '../../kit/format'
import { Failed } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useDismiss, useSuggestions } from './api/list-suggestions'
import { placeWords } from './times'
import { noticeWords } from './words'

const minuteMs = 60_000

/** Places where several people without supply have called: one click writes the notice. */
export function Suggestions() {
  const words = useWords(noticeWords)
  const may = useMay()
  const found = useSuggestions(may('notices.suggestions'))
  const [dismissing, setDismissing] = useState<NoticeSuggestion | null>(null)
  if (found.error && found.data === undefined && may('notices.suggestions'))
    return <Failed error={found.error} retry={found.refetch} />
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="suggestions" aria-label={words.suggestions}>
      <ul>
        {items.map((one) => (
          <Suggestion key={one.id} suggestion={one} onDismiss={() => setDismissing(one)} />
        ))}
      </ul>
      {dismissing === null ? null : (
        <DismissDialog suggestion={dismissing} onClose={() => setDismissing(null)} />
      )}
    </section>
  )
}

interface SuggestionProps {
  readonly suggestion: NoticeSuggestion
  readonly onDismiss: () => void
}

function Suggestion({ suggestion, onDismiss }: SuggestionProps) {
  const words = useWords(noticeWords)
  const may = useMay()
  const go = useNavigate()
  const { id, firstAt, lastAt, requests } = suggestion
  const place = placeWords(suggestion.areaName)
  const minutes = Math.max(1, Math.ceil((lastAt - firstAt) / minuteMs))
  return (
    <li className="alarm">
      <span className="grow">
        <b className="tone-warn">{words.suggestions}</b> {words.suggestion(place, minutes, requests)}{' '}
        <span className="quiet num">{words.suggestedAt(timeOf(firstAt), timeOf(lastAt))}</span>
      </span>
      {may('notices.saveDraft') ? (
        <Button
          type="primary"
          size="small"
          aria-label={words.draftItFor(place)}
          onClick={() => void go(`/notices/write?suggestion=${id}`)}
        >
          {words.draftIt}
        </Button>
      ) : null}
      {may('notices.dismissSuggestion') ? (
        <Button size="small" aria-label={words.dismissFor(place)} onClick={onDismiss}>
          {words.dismiss}
        </Button>
      ) : null}
    </li>
  )
}

interface DismissDialogProps {
  readonly suggestion: NoticeSuggestion
  readonly onClose: () => void
}

function DismissDialog({ suggestion, onClose }: DismissDialogProps) {
  const words = useWords(noticeWords)
  const { done } = useSay()
  const dismiss = useDismiss()
  const submit = (reason: string): void =>
    dismiss.mutate(
      { suggestionId: suggestion.id, reason },
      {
        onSuccess: () => {
          done(words.dismissed)
          onClose()
        },
      },
    )
  return (
    <ReasonDialog
      title={words.dismissTitle(placeWords(suggestion.areaName))}
      text={words.dismissText}
      okText={words.dismiss}
      pending={dismiss.isPending}
      error={dismiss.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
