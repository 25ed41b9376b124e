import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { ConversationRow } from './entities'
import { lockSeen } from './own-conversation'

/** A resident's own conversation under its lock. Errors: not_found, conversation_closed unless `evenClosed`. */
export async function lockOwn(
  tx: Tx,
  ctx: Ctx,
  conversationId: string,
  evenClosed = false,
): Promise<ConversationRow> {
  const ids = await residentAliases(tx, residentOf(ctx).id)
  const conversation = await lockSeen(tx, { side: 'resident', ids }, conversationId)
  if (conversation.state === 'closed' && !evenClosed) throw new AppError('conversation_closed')
  return conversation
}
