import { DAY_MS } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import { type Ctx, residentOf } from '../../platforms/context'
import { checkText, claimFiles } from '../files'
import { type Added, appendMessage } from './append-message'
import { showCards } from './cards'
import type { ConversationRow } from './entities'
import { answerJob } from './answer-job'
import { type Looker, lookerOf } from './looker'
import { lockSeen, seenConversation } from './own-conversation'
import { chatClaim } from './present-message'
import { say } from './say'
import { findByClientId } from './store'
import type { StoredContent } from './stored-content'
import type { NewContent } from './views-schema'

export interface SendInput {
  readonly conversationId: string
  readonly clientId: string
  readonly content: NewContent
}

/**
 * One message of a resident's; the same client id again is the same message. While no person has the conversation, the
 * knowledge base answers it. Errors: not_found, conversation_closed, words_refused, files_not_ready, rate_limited.
 */
export async function sendMessage(ctx: Ctx, input: SendInput): Promise<Added> {
  await countMessage(ctx)
  return sendCounted(ctx, input, await lookerOf(ctx))
}

/** Errors: rate_limited. */
export async function countMessage(ctx: Ctx): Promise<void> {
  const { id } = residentOf(ctx)
  const { messagesPerMinute, messagesPerDay } = ctx.config.chat
  await Promise.all([
    ctx.limiter.take(`chat:${id}`, { limit: messagesPerMinute, windowMs: 60_000 }),
    ctx.limiter.take(`chat-day:${id}`, { limit: messagesPerDay, windowMs: DAY_MS }),
  ])
}

/** The same of a message that was counted, by somebody who is known already. */
export async function sendCounted(ctx: Ctx, input: SendInput, looker: Looker): Promise<Added> {
  const resident = residentOf(ctx)
  const { content } = input
  if (content.kind === 'card') await assertShown(ctx, input.conversationId, content)
  const words = content.kind === 'text' ? content.text : content.kind === 'card' ? (content.text ?? '') : ''
  // The agent who reads it is the person whom `review` asks for.
  const verdict = await checkText(ctx, { residentId: resident.id, channel: resident.channel, text: words })
  if (verdict === 'risky') throw new AppError('words_refused')
  const sender = { senderKind: 'resident', senderId: resident.id, clientId: input.clientId } as const
  return say({
    ctx,
    looker,
    conversationId: input.conversationId,
    saidIn: ({ state, residentName }) =>
      state === 'closed' || hasFile(content)
        ? null
        : { ...sender, senderName: residentName, body: bodyOf(content) },
    audit: null,
    alongside: (tx, added) => askKnowledge(tx, ctx, added),
    alone: async (tx) => {
      const conversation = await lockSeen(tx, looker, input.conversationId)
      if (conversation.state === 'closed') {
        const first = await findByClientId(tx, { ...sender, conversationId: conversation.id })
        if (first) return { message: first, conversation, isRepeat: true }
        throw new AppError('conversation_closed')
      }
      const added = await appendMessage(tx, ctx, conversation, {
        ...sender,
        senderName: conversation.residentName,
        body: bodyOf(content),
        fileId: await claimFor(tx, ctx, content, {
          conversation,
          owner: { kind: 'resident', id: resident.id },
        }),
      })
      if (!added.isRepeat) await askKnowledge(tx, ctx, added)
      return added
    },
  })
}

async function askKnowledge(tx: Tx, ctx: Ctx, { message, conversation }: Added): Promise<void> {
  if (conversation.state !== 'bot') return
  const { conversationId, seq } = message
  await enqueue(tx, ctx, answerJob, { conversationId, seq }, { key: `${conversationId} ${seq}` })
}

/** Errors: not_found for a card of something that is not theirs or is gone. */
export async function assertShown(
  ctx: Ctx,
  conversationId: string,
  { type, id }: Extract<NewContent, { kind: 'card' }>,
): Promise<void> {
  const looker = await lookerOf(ctx)
  const conversation = await seenConversation(ctx.db.reader, looker, conversationId)
  const cards = await showCards(ctx, looker, conversation, [{ type, id }])
  if (cards({ type, id }).gone) throw new AppError('not_found', { detail: `card ${type}` })
}

/** A picture or a voice note; attaching it may be refused. */
export const hasFile = ({ kind }: NewContent): boolean => kind === 'image' || kind === 'voice'

/** What is kept of what was sent. */
export function bodyOf(content: NewContent): StoredContent {
  if (content.kind === 'text') return { kind: 'text', text: content.text }
  if (content.kind === 'card')
    return { kind: 'card', card: { type: content.type, id: content.id }, text: content.text || null }
  return { kind: content.kind }
}

/**
 * Attaches the picture or voice note of a message to its conversation; null where it has none. Errors: not_found,
 * files_not_ready, invalid_input for a file of another kind.
 */
export async function claimFor(
  tx: Tx,
  ctx: Ctx,
  content: NewContent,
  at: {
    readonly conversation: Pick<ConversationRow, 'id'>
    readonly owner: { readonly kind: 'resident' | 'staff'; readonly id: string }
  },
): Promise<string | null> {
  if (content.kind !== 'image' && content.kind !== 'voice') return null
  const claim = chatClaim(at.conversation.id)
  const [file] = await claimFiles(tx, ctx, { fileIds: [content.fileId], owner: at.owner, claim })
  if (!file || file.kind !== content.kind) throw new AppError('invalid_input', { detail: 'kind of file' })
  return file.id
}
