import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { ConversationRow } from './entities'
import { lockAtDesk } from './lock-at-desk'
import { seenConversation } from './own-conversation'
import { householdForChat } from './own-household'
import { updateConversation } from './store'
import { systemSays } from './system-says'

/**
 * Says which of the resident's households it is about; who may see the conversation follows the household. Errors:
 * not_found, conversation_closed.
 */
export async function setChatHousehold(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly householdId: string },
): Promise<ConversationRow> {
  const staff = staffOf(ctx)
  const seen = await seenConversation(ctx.db.reader, { side: 'staff', staff }, input.conversationId)
  const household = await householdForChat(ctx, seen, input.householdId)
  return inTransaction(ctx, async (tx) => {
    const { conversation } = await lockAtDesk(tx, ctx, input.conversationId)
    if (conversation.state === 'closed') throw new AppError('conversation_closed')
    if (conversation.householdId === household.id) return conversation
    const changed = await updateConversation(tx, ctx, conversation, {
      householdId: household.id,
      areaPath: household.areaPath,
    })
    const words = `${staff.name}把户号改为 ${household.accountNoMasked}`
    return systemSays(tx, ctx, changed, 'household', words, { audience: 'note' })
  })
}
