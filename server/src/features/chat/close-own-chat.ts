import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { closeConversation } from './close-conversation'
import { lockOwn } from './lock-own'
import { presentConversation } from './present-conversation'
import type { Conversation } from './views-schema'

/** I need nothing more; one that is closed stays as it is. Errors: not_found. */
export async function closeOwnChat(
  ctx: Ctx,
  input: { readonly conversationId: string },
): Promise<{ conversation: Conversation }> {
  const closed = await inTransaction(ctx, async (tx) => {
    const conversation = await lockOwn(tx, ctx, input.conversationId, true)
    if (conversation.state === 'closed') return conversation
    return closeConversation(tx, ctx, conversation, { by: 'resident', reason: 'resident' })
  })
  return { conversation: await presentConversation(ctx, closed) }
}
