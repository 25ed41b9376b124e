import { Alert, Skeleton } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type ReactNode, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Output } from '../../../api/types'
import { useLine, useLineState } from '../../../kit/line/line-context'
import { Failed, Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { useTitle } from '../../../kit/page'
import { useKeys } from '../../../kit/use-keys'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useConversation } from '../api/reads'
import { Composer, type Audience } from '../composer/composer'
import { CloseDialog } from '../dialogs/close-dialog'
import { ChatKeys } from '../dialogs/chat-keys'
import { TransferDialog } from '../dialogs/transfer-dialog'
import { chatWords } from '../words'
import { FindBar } from './find-bar'
import { type Dialog, TalkHead, useTaking } from './talk-head'
import { Thread } from './thread'
import { useThread } from './use-thread'

export interface TalkSlots {
  /** The form of a request; its parts belong to another feature, so the route gives it. */
  readonly renderRequest: (data: Output<'chatDesk.get'>, onClose: () => void) => ReactNode
}

interface TalkPaneProps extends TalkSlots {
  readonly conversationId: string
}

/** One conversation. */
export function TalkPane({ conversationId, renderRequest }: TalkPaneProps) {
  const query = useConversation(conversationId)
  useTitle(query.data?.conversation.residentName ?? '')
  return (
    <section className="talk">
      <Loaded query={query} rows={12}>
        {(data) => <TalkBody data={data} renderRequest={renderRequest} />}
      </Loaded>
    </section>
  )
}

function TalkBody({ data, renderRequest }: TalkSlots & { readonly data: Output<'chatDesk.get'> }) {
  const { conversation, may } = data
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [finding, setFinding] = useState(false)
  const [foundSeq, setFoundSeq] = useState<number | null>(null)
  const [audience, setAudience] = useChosenAudience()
  const field = useRef<TextAreaRef>(null)
  const take = useTaking(data)
  const show = useShowing(conversation.id, setFoundSeq)
  const close = (): void => setDialog(null)
  const write = (next: Audience): void => {
    setAudience(next)
    setTimeout(() => field.current?.focus({ cursor: 'end' }))
  }
  useKeys({
    a: take.run,
    c: () => may.includes('close') && setDialog('close'),
    t: () => may.includes('transfer') && setDialog('transfer'),
    g: () => may.includes('makeRequest') && setDialog('request'),
    n: () => write('note'),
    r: () => write('all'),
    f: () => setFinding(true),
    '?': () => setDialog('keys'),
  })
  return (
    <>
      <TalkHead data={data} onDialog={setDialog} onFind={() => setFinding(true)} take={take} />
      {finding ? (
        <FindBar conversationId={conversation.id} onShow={show} onClose={() => setFinding(false)} />
      ) : null}
      <Messages data={data} foundSeq={foundSeq} />
      <Standing data={data} />
      <Composer data={data} audience={audience} onAudience={write} field={field} />
      {dialog === 'transfer' ? <TransferDialog conversation={conversation} onClose={close} /> : null}
      {dialog === 'close' ? <CloseDialog conversation={conversation} onClose={close} /> : null}
      {dialog === 'request' ? renderRequest(data, close) : null}
      <ChatKeys open={dialog === 'keys'} onClose={close} />
    </>
  )
}

/**
 * Nobody has chosen to whom until they do: then it is the resident as soon as one may answer. A supervisor who comes
 * from the board to whisper finds the composer set to it.
 */
function useChosenAudience() {
  const [params] = useSearchParams()
  return useState<Audience | null>(params.get('do') === 'whisper' ? 'whisper' : null)
}

/** A message that was found may lie before what this page has: it is read up to there first. */
function useShowing(conversationId: string, onShow: (seq: number) => void): (seq: number) => void {
  const line = useLine()
  return (seq) => {
    const load = async (): Promise<void> => {
      let first = line.threads.get(conversationId).items[0]?.seq ?? 0
      while (first > seq) {
        await line.earlier(conversationId)
        const now = line.threads.get(conversationId).items[0]?.seq ?? 0
        if (now >= first) break
        first = now
      }
      onShow(seq)
    }
    // A page that cannot be read says so by its own.
    load().catch(() => undefined)
  }
}

function Messages({
  data,
  foundSeq,
}: {
  readonly data: Output<'chatDesk.get'>
  readonly foundSeq: number | null
}) {
  const kit = useWords(kitWords)
  const { conversation } = data
  const thread = useThread(conversation.id)
  if (thread.loaded) return <Thread conversation={conversation} foundSeq={foundSeq} />
  if (thread.error !== null) return <Failed error={thread.error} retry={thread.open} />
  return (
    <div className="thread-frame pad" role="status" aria-label={kit.loading}>
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  )
}

/** Why one cannot answer now, and that what is written waits for the network. */
function Standing({ data }: { readonly data: Output<'chatDesk.get'> }) {
  const words = useWords(chatWords)
  const me = useMe()
  const line = useLineState()
  const { state, assignee, offeredTo } = data.conversation
  const said = ((): string | null => {
    if (line === 'offline') return words.offline
    if (offeredTo !== null)
      return offeredTo.id === me.id
        ? words.offeredToMe(assignee?.name ?? '')
        : words.offeredTo(offeredTo.name)
    if (state === 'closed') return words.readOnly
    if (state === 'bot') return words.botTalks
    if (state === 'waiting') return words.notTaken
    return assignee !== null && assignee.id !== me.id ? words.notMine(assignee.name) : null
  })()
  return said === null ? null : (
    <Alert type={line === 'offline' ? 'warning' : 'info'} banner title={said} role="status" />
  )
}
