import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { judgeWords } from '../requests'
import { chooseForReview } from './choose-for-review'
import { lockOwn } from './lock-own'
import { mayRate, UNSOLVED, WHY_ASKED } from './policy'
import { presentConversation } from './present-conversation'
import { offerGridManager } from './say-nobody'
import { updateConversation } from './store'
import type { Conversation } from './views-schema'

/**
 * How it was, once. Who found no solution is given whom to turn to for their home. Errors: not_found, rated_before,
 * rating_over, words_refused, invalid_input where a reason is missing.
 */
export async function rateChat(
  ctx: Ctx,
  input: {
    readonly conversationId: string
    readonly stars: number
    readonly reasons: readonly string[]
    readonly words?: string | undefined
  },
): Promise<{ conversation: Conversation }> {
  const reasons = [...new Set(input.reasons)]
  const words = input.words?.trim() || null
  if (words !== null) await judgeWords(ctx, words)
  const rated = await inTransaction(ctx, async (tx) => {
    const conversation = await lockOwn(tx, ctx, input.conversationId, true)
    checkReasons(input.stars, reasons)
    if (conversation.ratedAt !== null) throw new AppError('rated_before')
    if (!mayRate(ctx, conversation)) throw new AppError('rating_over')
    const kept = await updateConversation(tx, ctx, conversation, {
      stars: input.stars,
      ratingReasons: JSON.stringify(reasons),
      ratingWords: words,
      ratedAt: ctx.clock.now(),
    })
    await chooseForReview(tx, ctx, kept)
    return reasons.includes(UNSOLVED) ? offerGridManager(tx, ctx, kept) : kept
  })
  return { conversation: await presentConversation(ctx, rated) }
}

function checkReasons(stars: number, reasons: readonly string[]): void {
  const unknown = reasons.find((reason) => !WHY_ASKED.reasons.includes(reason))
  if (unknown !== undefined || (stars <= WHY_ASKED.atMost && reasons.length === 0))
    throw new AppError('invalid_input', {
      message: `请选择原因：${WHY_ASKED.reasons.join('、')}。`,
      fields: [{ path: 'reasons', message: '请选择原因' }],
    })
}
