import type { Tx } from '../../core/db/database'
import { groupedTransaction } from '../../core/db/grouped'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope, talkersOf } from '../staff'
import { appendMessage } from './append-message'
import { cannedFile } from './canned-store'
import { assertNoVariables } from './canned-words'
import type { ChatMessageRow, ConversationRow } from './entities'
import { lockAtDesk } from './lock-at-desk'
import { saveSeat } from './seat-store'
import { assertShown, bodyOf, claimFor } from './send-message'
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
  /** Written with a message that is new. */
  alongside: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<{ message: ChatMessageRow; conversation: ConversationRow }> {
  const staff = staffOf(ctx)
  const { content, audience } = input
  if (content.kind === 'text' && audience === 'all') assertNoVariables(content.text)
  if (content.kind === 'card') await assertShown(ctx, input.conversationId, content)
  return groupedTransaction(ctx, input.conversationId, async (tx) => {
    const { conversation, seat } = await lockAtDesk(tx, ctx, input.conversationId)
    const sender = { conversationId: conversation.id, senderKind: 'staff', senderId: staff.id } as const
    const first = await findByClientId(tx, { ...sender, clientId: input.clientId })
    if (first) return { message: first, conversation }
    assertMaySay(ctx, conversation, audience)
    await assertColleagues(tx, conversation, input.mentions)
    const added = await appendMessage(tx, ctx, conversation, {
      ...sender,
      senderName: staff.name,
      clientId: input.clientId,
      audience,
      body: bodyOf(content),
      fileId: await fileFor(tx, ctx, conversation, content),
    })
    await alongside(tx)
    if (audience === 'all' && seat !== null && seat.missed > 0) await saveSeat(tx, ctx, seat, { missed: 0 })
    if (input.mentions.length > 0) {
      const { id: conversationId, companyId } = conversation
      tx.afterCommit(() =>
        wakeWatchers(ctx, {
          list: { conversationId, companyId, why: 'mention', staffIds: [...new Set(input.mentions)] },
        }),
      )
    }
    return added
  })
}

function assertMaySay(ctx: Ctx, conversation: ConversationRow, audience: ChatMessageRow['audience']): void {
  const staff = staffOf(ctx)
  if (audience === 'note') return
  if (conversation.state === 'closed') throw new AppError('conversation_closed')
  if (audience === 'all') {
    if (conversation.state !== 'active' || conversation.assigneeId !== staff.id)
      throw new AppError('not_your_turn')
    return
  }
  if (!staff.roles.includes('supervisor')) throw new AppError('forbidden')
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
