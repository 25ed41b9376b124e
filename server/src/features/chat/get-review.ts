import { AppError } from '../../core/errors'
import type { Reader } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { ChatReviewRow } from './entities'
import { seenConversation } from './own-conversation'
import { presentDeskConversation } from './present-desk'
import { presentMessages } from './present-message'
import { presentReview, type ReviewView } from './present-review'
import { findReview } from './review-store'
import { messagesAfter } from './store'
import type { ChatMessage, DeskConversation } from './views-schema'

const MESSAGES_MOST = 1000

/** One review with its whole conversation. Errors: not_found, also for an agent who reads another's. */
export async function getReview(
  ctx: Ctx,
  input: { readonly reviewId: string },
): Promise<{ review: ReviewView; conversation: DeskConversation; messages: ChatMessage[] }> {
  const { reader } = ctx.db
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  const review = await seenReview(reader, ctx, input.reviewId)
  const conversation = await seenConversation(reader, looker, review.conversationId)
  const page = { after: 0, limit: MESSAGES_MOST, scope: 'staff' } as const
  const rows = await messagesAfter(reader, conversation.id, page)
  return {
    review: presentReview(review),
    conversation: await presentDeskConversation(ctx, conversation),
    messages: await presentMessages(ctx, looker, conversation, rows),
  }
}

async function seenReview(reader: Reader, ctx: Ctx, id: string): Promise<ChatReviewRow> {
  const staff = staffOf(ctx)
  const review = await findReview(reader, id)
  const isTheirs =
    staff.roles.includes('supervisor') || (review?.agentId === staff.id && review.state === 'done')
  if (!review || !isTheirs || !inScope(staff, review))
    throw new AppError('not_found', { detail: 'review of others' })
  return review
}
