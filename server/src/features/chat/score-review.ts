import { chatRulesOf } from '../../core/config/chat'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { ChatReviewRow } from './entities'
import { presentReview, type ReviewView, type Scored, sheetOf } from './present-review'
import { findReview, lockReview, saveScores } from './review-store'

/**
 * Points by item of the sheet, with words for the agent; again to correct them. Errors: not_found, own_review,
 * invalid_input for an item that is missing, unknown or has too many points.
 */
export async function scoreReview(
  ctx: Ctx,
  input: {
    readonly reviewId: string
    readonly scores: readonly Scored[]
    readonly words?: string | undefined
  },
): Promise<{ review: ReviewView }> {
  const staff = staffOf(ctx)
  const found = await findReview(ctx.db.reader, input.reviewId)
  if (!found || !inScope(staff, found)) throw notFound()
  if (found.agentId === staff.id) throw new AppError('own_review')
  const scores = checked(ctx, found, input.scores)
  const row = await inTransaction(ctx, async (tx) => {
    const review = await lockReview(tx, input.reviewId)
    if (!review) throw notFound()
    const scored: ChatReviewRow = {
      ...review,
      state: 'done',
      scores: JSON.stringify(scores),
      total: scores.reduce((sum, { points }) => sum + points, 0),
      words: input.words?.trim() || null,
      byId: staff.id,
      byName: staff.name,
      doneAt: ctx.clock.now(),
    }
    await saveScores(tx, scored)
    return scored
  })
  return { review: presentReview(row) }
}

/** One number for each item of the sheet, in its order. */
function checked(ctx: Ctx, { companyId }: ChatReviewRow, given: readonly Scored[]): Scored[] {
  const sheet = sheetOf(chatRulesOf(ctx, companyId))
  const scores = sheet.map(({ item, name, max }) => {
    const points = given.find((one) => one.item === item)?.points
    if (points === undefined || points > max) throw wrong(`“${name}”请打0到${max}分`)
    return { item, points }
  })
  if (given.length !== scores.length) throw wrong('评分项和评分表对不上，请刷新后再打分')
  return scores
}

const notFound = (): AppError => new AppError('not_found', { detail: 'review of others' })
const wrong = (message: string): AppError =>
  new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'scores', message }] })
