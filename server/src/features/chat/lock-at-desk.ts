import type { SignedInStaff } from '../../core/context'
import { inTransaction, type Tx } from '../../core/db/database'
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

/** Whoever writes all day is written down as being there so often. */
const FRESH_MS = 5000
const shown = new WeakMap<SignedInStaff, { readonly at: number; readonly heard: boolean }>()

/**
 * I have said something, so I am at my desk, and what I missed before counts no more where a resident heard it. Not with
 * the message itself: messages are committed many together, and two such groups that hold each other's seats would wait
 * for each other.
 */
export async function showAtDesk(ctx: Ctx, heard: boolean): Promise<void> {
  const staff = staffOf(ctx)
  const now = ctx.clock.now()
  const last = shown.get(staff)
  if (last && now - last.at < FRESH_MS && (last.heard || !heard)) return
  await inTransaction(ctx, async (tx) => {
    const seat = await lockSeat(tx, staff.id)
    if (seat !== null) await wakeSeat(tx, ctx, seat, heard ? { missed: 0 } : {})
  })
  shown.set(staff, { at: now, heard })
}

async function wakeSeat(
  tx: Tx,
  ctx: Ctx,
  seat: SeatRow,
  also: { readonly missed?: 0 } = {},
): Promise<SeatRow> {
  const activeAt = ctx.clock.now()
  if (seat.state !== 'away') return saveSeat(tx, ctx, seat, { activeAt, ...also })
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
