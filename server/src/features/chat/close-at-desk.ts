import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { closeConversation } from './close-conversation'
import type { ConversationRow } from './entities'
import { assertMine, lockAtDesk } from './lock-at-desk'

/** Ends it and asks the resident how it was; one that is closed stays as it is. Errors: not_found, not_your_turn. */
export async function closeAtDesk(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly reason: string },
): Promise<ConversationRow> {
  return inTransaction(ctx, async (tx) => {
    const { conversation } = await lockAtDesk(tx, ctx, input.conversationId)
    if (conversation.state === 'closed') return conversation
    assertMine(ctx, conversation)
    return closeConversation(tx, ctx, conversation, { by: 'staff', reason: input.reason })
  })
}
