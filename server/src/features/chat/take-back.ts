import { inTransaction, type Tx } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { ConversationRow, SeatRow } from './entities'
import { sooner } from './policy'
import { lockSeat } from './seat-store'
import { lockConversation, updateConversation } from './store'
import { systemSays } from './system-says'

/** Why it goes back into the queue, and what the resident reads. */
const WORDS = {
  silent: '抱歉让您久等了，正在为您换一位客服。',
  absent: '客服暂时离开，正在为您转接其他客服。',
  shiftOver: '客服下班了，正在为您转接其他客服，不用重新说一遍。',
  transferred: '正在为您转接更合适的客服，请稍等。',
} as const
type Returned = keyof typeof WORDS

/**
 * Puts a conversation that this transaction has locked back into the queue, where it stands since its resident waits.
 * An agent who was silent is passed over from then on.
 */
export async function returnToQueue(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  why: Returned,
  to: { readonly skill?: string | null } = {},
): Promise<ConversationRow> {
  const now = ctx.clock.now()
  const { assigneeId, unansweredSince } = conversation
  const passedBy = JSON.parse(conversation.passedBy) as string[]
  const passes = (why === 'silent' || why === 'transferred') && assigneeId !== null
  const returned = await updateConversation(tx, ctx, conversation, {
    state: 'waiting',
    waitingSince: unansweredSince ?? now,
    assigneeId: null,
    assigneeName: null,
    answerBy: null,
    offeredToId: null,
    offeredToName: null,
    offerUntil: null,
    priority: unansweredSince === null ? conversation.priority : sooner(conversation.priority, 'again'),
    ...(passes ? { passedBy: JSON.stringify([...new Set([...passedBy, assigneeId])]) } : {}),
    ...(why === 'silent' ? { reassigned: conversation.reassigned + 1 } : {}),
    ...(to.skill === undefined ? {} : { skill: to.skill }),
  })
  tx.afterCommit(ctx.wakeJobs)
  return systemSays(tx, ctx, returned, `returned-${why}`, WORDS[why])
}

/**
 * Does something with a conversation under the lock of its agent's seat and of its own, when it still is that agent's.
 * `work` looks again and answers whether it did anything; false, too, where the conversation is another's meanwhile.
 */
export async function underLocks(
  ctx: Ctx,
  found: Pick<ConversationRow, 'id' | 'assigneeId'>,
  work: (tx: Tx, conversation: ConversationRow, seat: SeatRow | null) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const seat = found.assigneeId === null ? null : await lockSeat(tx, found.assigneeId)
      const conversation = await lockConversation(tx, found.id)
      if (conversation.assigneeId !== found.assigneeId) return false
      return work(tx, conversation, seat)
    })
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
