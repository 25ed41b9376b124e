import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { judgeWords } from '../requests'
import { chooseForReview } from './choose-for-review'
import { lockOwn } from './lock-own'
import { mayRate } from './policy'
import { presentConversation } from './present-conversation'
import { offerGridManager } from './say-nobody'
import { updateConversation } from './store'
import type { Conversation } from './views-schema'

/** Reasons that residents choose from; others are refused, so that they can be counted. */
const RATING_REASONS = ['没解决', '等得久', '态度不好', '答非所问', '没说清楚', '推来推去'] as const
const UNSOLVED: string = '没解决'
/** At this many stars or fewer a reason is asked for. */
const ASKED_MOST = 3

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
  const known: readonly string[] = RATING_REASONS
  const unknown = reasons.find((reason) => !known.includes(reason))
  if (unknown !== undefined || (stars <= ASKED_MOST && reasons.length === 0))
    throw new AppError('invalid_input', {
      message: `请选择原因：${RATING_REASONS.join('、')}。`,
      fields: [{ path: 'reasons', message: '请选择原因' }],
    })
}
