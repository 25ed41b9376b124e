import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockSeen, seenConversation } from './own-conversation'
import type { ConversationRow, SeatRow } from './entities'
import { lockSeat, saveSeat } from './seat-store'

/**
 * A conversation of my companies and areas under its lock, and my seat under its own before it, where I have one.
 * Whatever I do says that I am there: a seat that was away by itself is open again. Errors: not_found.
 */
export async function lockAtDesk(
  tx: Tx,
  ctx: Ctx,
  conversationId: string,
): Promise<{ conversation: ConversationRow; seat: SeatRow | null }> {
  const staff = staffOf(ctx)
  const looker = { side: 'staff', staff } as const
  // Asked before any lock: nobody holds up what is not theirs.
  await seenConversation(tx, looker, conversationId)
  const locked = await lockSeat(tx, staff.id)
  const seat = locked && (await wakeSeat(tx, ctx, locked))
  return { seat, conversation: await lockSeen(tx, looker, conversationId) }
}

async function wakeSeat(tx: Tx, ctx: Ctx, seat: SeatRow): Promise<SeatRow> {
  const activeAt = ctx.clock.now()
  if (seat.state !== 'away') return saveSeat(tx, ctx, seat, { activeAt })
  tx.afterCommit(ctx.wakeJobs)
  return saveSeat(tx, ctx, seat, { activeAt, state: 'open', missed: 0 })
}

/** Errors: not_your_turn for a conversation that somebody else has; supervisors may all the same. */
export function assertMine(ctx: Ctx, conversation: ConversationRow): void {
  const staff = staffOf(ctx)
  const isOpen = conversation.state === 'active' || conversation.state === 'waiting'
  if (!isOpen) throw new AppError(conversation.state === 'closed' ? 'conversation_closed' : 'not_your_turn')
  if (conversation.assigneeId !== staff.id && !staff.roles.includes('supervisor'))
    throw new AppError('not_your_turn')
}
