import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { addReview } from './choose-for-review'
import { lockSeen } from './own-conversation'
import { presentReview, type ReviewView } from './present-review'
import { reviewOf } from './review-store'

/**
 * Chooses one conversation by hand; one that was chosen before is answered as it is. Errors: not_found, invalid_input
 * where no agent had it.
 */
export async function pickReview(
  ctx: Ctx,
  input: { readonly conversationId: string },
): Promise<{ review: ReviewView }> {
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  const row = await inTransaction(ctx, async (tx) => {
    // Under its lock, so that it is chosen once.
    const conversation = await lockSeen(tx, looker, input.conversationId)
    return (await reviewOf(tx, conversation.id)) ?? addReview(tx, ctx, conversation, 'hand')
  })
  if (row === null) throw new AppError('invalid_input', { message: '这个对话没有客服接待过，不用质检。' })
  return { review: presentReview(row) }
}
