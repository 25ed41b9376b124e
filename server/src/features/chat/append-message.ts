import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow, ConversationRow, SenderKind } from './entities'
import { type ConversationChanges, findByClientId, insertMessages, updateConversation } from './store'
import { openLane } from './outside-store'
import { rememberContent, sealContent, type StoredContent } from './stored-content'

export interface Through {
  readonly channel: Exclude<ConversationRow['channel'], 'app'>
  readonly personIndex: string
}

export interface Said {
  readonly senderKind: SenderKind
  /** Empty for the bot and the system. */
  readonly senderId: string
  readonly senderName: string
  /** The sender's name for it; the same again is the same message. */
  readonly clientId: string
  /** Everybody unless told otherwise. */
  readonly audience?: ChatMessageRow['audience']
  readonly body: StoredContent
  /** A resident's from WeChat's own window; answers go back there until they write on our own pages. */
  readonly through?: Through
  /** Of a file that was claimed for this conversation in this transaction. */
  readonly fileId?: string | null
}

/** What was added, with the conversation as it is then; of a repeat the first one, with the conversation as it was. */
export interface Added {
  readonly message: ChatMessageRow
  readonly conversation: ConversationRow
  readonly isRepeat: boolean
}

/** The next message of a conversation that is locked, and what it changes of it: who waits for whom. */
export function messageOf(
  ctx: Ctx,
  conversation: ConversationRow,
  said: Said,
): { message: ChatMessageRow; changes: ConversationChanges } {
  const { senderKind, senderId, senderName, clientId, body } = said
  const audience = said.audience ?? 'all'
  const now = ctx.clock.now()
  const isSaid = audience === 'all' && senderKind !== 'resident'
  const goesOutside = conversation.channel !== 'app' && isSaid && isToldOutside(body)
  const message: ChatMessageRow = {
    conversationId: conversation.id,
    seq: conversation.lastSeq + 1,
    id: ctx.ids.next(),
    senderKind,
    senderId,
    senderName,
    clientId,
    kind: body.kind,
    audience,
    bodySealed: sealContent(ctx, body),
    bodyAt: now,
    fileId: said.fileId ?? null,
    createdAt: now,
    recalledAt: null,
    outside: goesOutside ? 'due' : null,
    outsideAt: null,
  }
  rememberContent(message, body)
  const changes = { lastSeq: message.seq, ...(audience === 'all' ? spoken(conversation, said, now) : {}) }
  return { message, changes }
}

/**
 * Adds a message behind the last one of a conversation that this transaction has locked, and keeps who waits for whom.
 * A repeat changes nothing.
 */
export async function appendMessage(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  said: Said,
): Promise<Added> {
  const { message, changes } = messageOf(ctx, conversation, said)
  try {
    await insertMessages(tx, message)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // The lock keeps the number free, so only this sender's client id can be there already.
    const first = await findByClientId(tx, message)
    if (!first) throw error
    return { message: first, conversation, isRepeat: true }
  }
  const changed = await updateConversation(tx, ctx, conversation, changes, message)
  if (message.outside === 'due') await openLane(tx, ctx, conversation)
  return { message, conversation: changed, isRepeat: false }
}

/** What happens in the queue costs one of five messages in WeChat's own window, so it is told only what they must know. */
function isToldOutside(body: StoredContent): boolean {
  return body.kind !== 'event' || TOLD_OUTSIDE.has(body.event)
}

const TOLD_OUTSIDE: ReadonlySet<string> = new Set(['queued', 'nobody', 'words-left', 'returned-silent'])

/** What words that everybody may read change; an event is nobody's words and keeps nobody waiting or awake. */
function spoken(
  conversation: ConversationRow,
  { senderKind, through }: Said,
  now: number,
): ConversationChanges {
  if (senderKind === 'system') return {}
  if (senderKind === 'bot') return { lastAt: now }
  if (senderKind === 'staff')
    return {
      lastAt: now,
      idleWarnedAt: null,
      unansweredSince: null,
      answerBy: null,
      firstAnswerAt: conversation.firstAnswerAt ?? now,
    }
  const waits = conversation.state === 'waiting' || conversation.state === 'active'
  return {
    lastAt: now,
    residentAt: now,
    idleWarnedAt: null,
    channel: through?.channel ?? 'app',
    ...(through ? { personIndex: through.personIndex } : {}),
    ...(waits ? { unansweredSince: conversation.unansweredSince ?? now } : {}),
  }
}
