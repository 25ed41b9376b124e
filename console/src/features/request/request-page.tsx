import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { DeskRequest } from '../../api/types'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useTitle } from '../../kit/page'
import { useKeys } from '../../kit/use-keys'
import { useWords } from '../../words/language'
import { useRequest } from './api/get-request'
import { useLooking } from './api/look-at-request'
import { Checklist } from './checklist'
import { ClassifyDialog } from './classify-dialog'
import { ClockList } from './clock-list'
import { Composer, type ComposerMode } from './composer'
import { FactsCard } from './facts-card'
import { HeadBar, usePlainMove } from './head-bar'
import { HouseholdSide } from './household-panel'
import { MoveDialog } from './move-dialog'
import type { DeskMove } from './moves'
import { RatingCard } from './rating'
import { Related } from './related'
import { Timeline } from './timeline'
import { Visit } from './visit'
import { WaitingUrges } from './waiting-urges'
import { requestWords } from './words'

/** Parts of other features that stand on this page; the route puts them together. */
export interface RequestSlots {
  readonly renderDispatch: (request: DeskRequest, onClose: () => void) => ReactNode
  readonly renderTemplates: (request: DeskRequest, onPick: (text: string) => void) => ReactNode
  readonly renderHelp: (request: DeskRequest) => ReactNode
  readonly renderMessages: (householdId: string) => ReactNode
}

interface RequestPageProps extends RequestSlots {
  readonly requestId: string
  /** The list that this request was opened from. */
  readonly backTo: string
}

export function RequestPage(props: RequestPageProps) {
  const may = useMay()
  const query = useRequest(props.requestId)
  const lookers = useLooking(props.requestId, may('desk.look'))
  useTitle(query.data?.request.number ?? '')
  return (
    <div className="request">
      <Loaded query={query} rows={14}>
        {({ request }) => <RequestBody {...props} request={request} lookers={lookers} />}
      </Loaded>
    </div>
  )
}

type Dialog =
  | { readonly kind: 'move'; readonly move: DeskMove }
  | { readonly kind: 'dispatch' | 'classify' }
  | null

interface BodyProps extends RequestPageProps {
  readonly request: DeskRequest
  readonly lookers: DeskRequest['lookers']
}

function RequestBody({ request, lookers, backTo, ...slots }: BodyProps) {
  const words = useWords(requestWords)
  const [dialog, setDialog] = useState<Dialog>(null)
  const [mode, setMode] = useState<ComposerMode>('reply')
  const field = useRef<TextAreaRef>(null)
  const scroll = useNewestInSight(request.steps.length)
  const close = (): void => setDialog(null)
  const write = (next: ComposerMode): void => {
    setMode(next)
    setTimeout(() => field.current?.focus())
  }
  const accept = usePlainMove(request)
  const openDispatch = (): void => {
    if (request.moves.includes('dispatch')) setDialog({ kind: 'dispatch' })
  }
  useKeys({
    a: () => request.moves.includes('accept') && accept.run('accept'),
    d: openDispatch,
    n: () => write('note'),
    r: () => write('reply'),
  })
  useFirstDoing({ note: () => write('note'), reply: () => write('reply'), dispatch: openDispatch })
  return (
    <>
      <HeadBar
        request={request}
        lookers={lookers}
        backTo={backTo}
        onMove={(move) => setDialog({ kind: 'move', move })}
        onDispatch={openDispatch}
        onClassify={() => setDialog({ kind: 'classify' })}
      />
      <div className="request-body">
        <div className="request-main">
          <div ref={scroll} className="request-scroll" role="region" aria-label={words.timeline} tabIndex={0}>
            <FactsCard request={request} />
            {request.rating === null ? null : <RatingCard rating={request.rating} />}
            <Timeline request={request} />
          </div>
          <WaitingUrges request={request} onAnswer={() => write('reply')} />
          <Composer
            key={mode}
            request={request}
            mode={mode}
            onMode={write}
            field={field}
            renderTemplates={(onPick) => slots.renderTemplates(request, onPick)}
          />
        </div>
        <Side request={request} {...slots} />
      </div>
      {dialog?.kind === 'move' ? <MoveDialog request={request} move={dialog.move} onClose={close} /> : null}
      {dialog?.kind === 'classify' ? <ClassifyDialog request={request} onClose={close} /> : null}
      {dialog?.kind === 'dispatch' ? slots.renderDispatch(request, close) : null}
    </>
  )
}

function Side({
  request,
  renderHelp,
  renderMessages,
}: Pick<RequestSlots, 'renderHelp' | 'renderMessages'> & { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  return (
    <aside className="request-side" aria-label={words.household}>
      <ClockList clocks={request.clocks} state={request.state} />
      <Visit request={request} />
      <HouseholdSide request={request} />
      <Checklist request={request} />
      <Related request={request} />
      {request.household === null ? null : renderMessages(request.household.id)}
      {renderHelp(request)}
    </aside>
  )
}

/** What comes while the request is open is what one waits for: it is brought into sight. */
function useNewestInSight(steps: number): RefObject<HTMLDivElement> {
  const box = useRef<HTMLDivElement>(null)
  const seen = useRef(steps)
  useEffect(() => {
    if (steps > seen.current) box.current?.scrollTo({ top: box.current.scrollHeight })
    seen.current = steps
  }, [steps])
  return box
}

/** A key pressed in the list opens the request already doing it: `?do=note`. It is done once. */
function useFirstDoing(doings: Readonly<Record<string, () => void>>): void {
  const [params, setParams] = useSearchParams()
  const wanted = params.get('do')
  const latest = useRef(doings)
  useEffect(() => {
    latest.current = doings
  })
  useEffect(() => {
    if (wanted === null) return
    latest.current[wanted]?.()
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete('do')
        return next
      },
      { replace: true },
    )
  }, [wanted, setParams])
}
