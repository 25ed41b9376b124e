import { Button } from 'antd'
import { clockOf } from '../../../kit/format'
import { spanOf } from '../../../kit/countdown'
import type { ChatMessage } from '../../../kit/line/frames'
import { useLine } from '../../../kit/line/line-context'
import type { Outgoing } from '../../../kit/line/outbox'
import { useMay } from '../../../kit/me-context'
import { useNow } from '../../../kit/now'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { useRecall } from '../api/acts'
import { chatWords } from '../words'
import { MessageBody } from './message-body'
import { previewOf } from './previews'
import { sideOf, stateOf } from './rows'

interface MessageItemProps {
  readonly message: ChatMessage
  readonly residentReadSeq: number
  readonly onStale: (seq: number) => void
  readonly found: boolean
  /** Of the same person right after another of theirs: who it is stands above already. */
  readonly follows: boolean
}

/** One message in its place, with who, when, and how far it has come. */
export function MessageItem({ message, residentReadSeq, onStale, found, follows }: MessageItemProps) {
  const words = useWords(chatWords)
  const side = sideOf(message)
  const state = stateOf(message, residentReadSeq)
  if (side === 'line')
    return (
      <li className="chat-line" id={`seq-${message.seq}`}>
        <MessageBody content={message.content} onStale={() => onStale(message.seq)} />{' '}
        <time className="num">{clockOf(message.at)}</time>
      </li>
    )
  return (
    <li
      className={`msg msg-${side}${found ? ' msg-found' : ''}${follows ? ' msg-follows' : ''}`}
      id={`seq-${message.seq}`}
    >
      <div className={follows ? 'msg-head hidden' : 'msg-head'}>
        {side === 'note' || side === 'whisper' ? <b className={`mark-${side}`}>{words[side]}</b> : null}
        {side === 'bot' ? <b>{words.bot}</b> : <span>{message.name}</span>}
        <time className="num" dateTime={new Date(message.at).toISOString()}>
          {clockOf(message.at)}
        </time>
      </div>
      <div className="msg-bubble">
        <MessageBody content={message.content} onStale={() => onStale(message.seq)} />
      </div>
      <div className="msg-foot">
        {state === null ? null : (
          <span className={state === 'failed' ? 'tone-bad' : state === 'unknown' ? 'tone-warn' : ''}>
            {words.state[state]}
          </span>
        )}
        <Recall message={message} />
      </div>
    </li>
  )
}

/** My own words can be taken back for two minutes; the time left stands beside it. */
function Recall({ message }: { readonly message: ChatMessage }) {
  const until = message.mayRecallUntil
  const may = useMay()
  if (!message.mine || until === null || !may('chatDesk.recall')) return null
  return <RecallButton message={message} until={until} />
}

function RecallButton({ message, until }: { readonly message: ChatMessage; readonly until: number }) {
  const words = useWords(chatWords)
  const { failed } = useSay()
  const { threads } = useLine()
  const recall = useRecall()
  const left = until - useNow()
  if (left <= 0) return null
  const { conversationId, id } = message
  return (
    <Button
      type="link"
      size="small"
      title={words.recallLeft(spanOf(left).text)}
      loading={recall.isPending}
      onClick={() =>
        recall.mutate(
          { conversationId, messageId: id },
          { onError: failed, onSuccess: (answer) => threads.replaced(conversationId, answer.message) },
        )
      }
    >
      {words.recall}
    </Button>
  )
}

/** A message that is on its way, or did not go. */
export function OutgoingItem({ outgoing }: { readonly outgoing: Outgoing }) {
  const words = useWords(chatWords)
  const { outbox } = useLine()
  const { message, state, why } = outgoing
  const audience = message.audience ?? 'all'
  const side = audience === 'all' ? 'us' : audience
  const { clientId } = message
  return (
    <li className={`msg msg-${side} msg-${state}`}>
      <div className="msg-bubble">
        <OutgoingBody content={message.content} />
      </div>
      <div className="msg-foot" role="status">
        {state === 'failed' ? (
          <>
            <span className="tone-bad">
              {words.failed}
              {why === null || why === '' ? '' : `：${why}`}
            </span>
            <Button type="link" size="small" onClick={() => outbox.retry(clientId)}>
              {words.again}
            </Button>
            <Button type="link" size="small" onClick={() => outbox.discard(clientId)}>
              {words.discard}
            </Button>
          </>
        ) : (
          <span>{state === 'sending' ? words.sending : words.sent}</span>
        )}
      </div>
    </li>
  )
}

function OutgoingBody({ content }: { readonly content: Outgoing['message']['content'] }) {
  const words = useWords(chatWords)
  if (content.kind === 'text') return <p className="said">{content.text}</p>
  if (content.kind === 'image') {
    const preview = previewOf(content.fileId)
    return preview === null ? (
      <span>{words.picture}</span>
    ) : (
      <img className="photo" height={140} src={preview} alt={words.picture} />
    )
  }
  return <span className="quiet">{words.sending}</span>
}
