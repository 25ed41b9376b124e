import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { ConversationRow } from './entities'
import { assignTo } from './give-chats'
import { lockAtDesk } from './lock-at-desk'
import { systemSays } from './system-says'

/**
 * Makes a conversation mine: one that waits, one that was offered to me, and for a supervisor also a colleague's. What
 * is mine already stays so. Errors: not_found, conversation_closed, conversation_taken.
 */
export async function takeChat(
  ctx: Ctx,
  input: { readonly conversationId: string },
): Promise<ConversationRow> {
  const staff = staffOf(ctx)
  return inTransaction(ctx, async (tx) => {
    const { conversation, seat } = await lockAtDesk(tx, ctx, input.conversationId)
    const { state, assigneeId, assigneeName, offeredToId } = conversation
    if (state === 'closed') throw new AppError('conversation_closed')
    if (state === 'active' && assigneeId === staff.id) return conversation
    const mayTakeOver = offeredToId === staff.id || staff.roles.includes('supervisor')
    // The knowledge base answers until the resident asks for a person.
    if (state === 'bot' || (state === 'active' && !mayTakeOver)) throw new AppError('conversation_taken')
    const from = state === 'active' ? `，从${assigneeName ?? '同事'}那里接过来` : ''
    const noted = await systemSays(tx, ctx, conversation, 'taken', `${staff.name}接入${from}`, {
      audience: 'note',
    })
    return assignTo(tx, ctx, noted, { seat, staffId: staff.id, name: staff.name })
  })
}
