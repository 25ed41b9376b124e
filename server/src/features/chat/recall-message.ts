import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow, ConversationRow } from './entities'
import { isMine, lookerOf } from './looker'
import { lockSeen } from './own-conversation'
import { RECALL_MS } from './present-message'
import { emptyMessage, findMessage, updateConversation } from './store'

/**
 * Takes a message back within two minutes, for its sender, resident or staff; a repeat changes nothing. What went to
 * WeChat's own window stays there and cannot be taken back. Errors: not_found, recall_over.
 */
export async function recallMessage(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly messageId: string },
): Promise<{ message: ChatMessageRow; conversation: ConversationRow }> {
  const looker = await lookerOf(ctx)
  return inTransaction(ctx, async (tx) => {
    const conversation = await lockSeen(tx, looker, input.conversationId)
    const message = await findMessage(tx, input.messageId)
    if (!message || message.conversationId !== conversation.id || !isMine(looker, message))
      throw new AppError('not_found', { detail: 'message of somebody else' })
    if (message.recalledAt !== null) return { message, conversation }
    const recalledAt = ctx.clock.now()
    if (message.outside !== null || recalledAt >= message.createdAt + RECALL_MS)
      throw new AppError('recall_over')
    await emptyMessage(tx, message.id, recalledAt)
    const emptied = { ...message, bodySealed: '', bodyAt: null, fileId: null, recalledAt }
    return { message: emptied, conversation: await updateConversation(tx, ctx, conversation, {}, emptied) }
  })
}
