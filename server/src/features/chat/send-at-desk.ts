import { type AuditEntry, recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope, talkersOf } from '../staff'
import { type Added, appendMessage } from './append-message'
import { cannedFile } from './canned-store'
import { assertNoVariables } from './canned-words'
import type { ChatMessageRow, ConversationRow } from './entities'
import { showAtDesk } from './lock-at-desk'
import { lockSeen } from './own-conversation'
import { say } from './say'
import { assertShown, bodyOf, claimFor, hasFile } from './send-message'
import { findByClientId } from './store'
import type { NewContent } from './views-schema'
import { wakeWatchers } from './wake'

interface SendAtDeskInput {
  readonly conversationId: string
  readonly clientId: string
  readonly content: NewContent
  readonly audience: ChatMessageRow['audience']
  readonly mentions: readonly string[]
}

/**
 * Something from the desk: to the resident by whoever has the conversation; a note to colleagues by anybody who may see
 * it, with a sound for those it names; a whisper to the agent by a supervisor. Errors: not_found (also for a colleague
 * who may not see it), conversation_closed, not_your_turn, invalid_input where a variable is left open, files_not_ready.
 */
export async function sendAtDesk(
  ctx: Ctx,
  input: SendAtDeskInput,
  /** What the audit says of a message that is new, where nobody else writes it down. */
  audit: AuditEntry | null = null,
): Promise<Added> {
  const staff = staffOf(ctx)
  const { content, audience } = input
  if (content.kind === 'text' && audience === 'all') assertNoVariables(content.text)
  if (content.kind === 'card') await assertShown(ctx, input.conversationId, content)
  const looker = { side: 'staff', staff } as const
  const sender = { senderKind: 'staff', senderId: staff.id, clientId: input.clientId } as const
  const answer = await say({
    ctx,
    looker,
    conversationId: input.conversationId,
    saidIn: (conversation) =>
      hasFile(content) || input.mentions.length > 0 || whyNotSay(ctx, conversation, audience) !== null
        ? null
        : { ...sender, senderName: staff.name, audience, body: bodyOf(content) },
    audit,
    alongside: () => Promise.resolve(),
    alone: async (tx) => {
      const conversation = await lockSeen(tx, looker, input.conversationId)
      const refusal = whyNotSay(ctx, conversation, audience)
      // A file is attached once, so a repeat is known before it would be attached again.
      if (refusal !== null || hasFile(content)) {
        const first = await findByClientId(tx, { ...sender, conversationId: conversation.id })
        if (first) return { message: first, conversation, isRepeat: true }
      }
      if (refusal !== null) throw new AppError(refusal)
      await assertColleagues(tx, conversation, input.mentions)
      const added = await appendMessage(tx, ctx, conversation, {
        ...sender,
        senderName: staff.name,
        audience,
        body: bodyOf(content),
        fileId: await fileFor(tx, ctx, conversation, content),
      })
      if (added.isRepeat) return added
      if (audit) await recordAudit(tx, ctx, audit)
      if (input.mentions.length > 0) {
        const { id: conversationId, companyId } = conversation
        tx.afterCommit(() =>
          wakeWatchers(ctx, {
            list: { conversationId, companyId, why: 'mention', staffIds: [...new Set(input.mentions)] },
          }),
        )
      }
      return added
    },
  })
  await showAtDesk(ctx, audience === 'all')
  return answer
}

function whyNotSay(
  ctx: Ctx,
  conversation: ConversationRow,
  audience: ChatMessageRow['audience'],
): 'conversation_closed' | 'not_your_turn' | 'forbidden' | null {
  const staff = staffOf(ctx)
  if (audience === 'note') return null
  if (conversation.state === 'closed') return 'conversation_closed'
  if (audience === 'whisper') return staff.roles.includes('supervisor') ? null : 'forbidden'
  const isTheirs = conversation.state === 'active' && conversation.assigneeId === staff.id
  return isTheirs ? null : 'not_your_turn'
}

/** Errors: not_found for anybody who could not open it. */
async function assertColleagues(
  tx: Tx,
  conversation: ConversationRow,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const wanted = new Set(ids)
  const talkers = await talkersOf(tx, [...wanted])
  if (talkers.filter((talker) => inScope(talker, conversation)).length !== wanted.size)
    throw new AppError('not_found', { message: '有同事看不到这个对话，不能@。' })
}

/** A picture of a ready answer is sent again and again and stays its own; any other becomes the conversation's. */
async function fileFor(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  content: NewContent,
): Promise<string | null> {
  if (content.kind === 'image') {
    const canned = await cannedFile(tx, content.fileId)
    if (canned && (canned.companyId === null || canned.companyId === conversation.companyId))
      return content.fileId
  }
  return claimFor(tx, ctx, content, { conversation, owner: { kind: 'staff', id: staffOf(ctx).id } })
}
