import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { showArticle } from './get-article'
import { lockForChange } from './lock-article'
import { mayConfirm } from './policy'
import { updateArticle } from './store'

/**
 * It is still right; the next look is at `reviewAt`. Errors: forbidden for whoever neither owns nor could publish it,
 * invalid_input for a day that is over, not_found, article_changed, move_not_allowed.
 */
export async function confirmArticle(
  ctx: Ctx,
  input: { readonly articleId: string; readonly revision: number; readonly reviewAt: number },
) {
  await inTransaction(ctx, async (tx) => {
    const { article } = await lockForChange(tx, ctx, { ...input, act: 'confirm' })
    if (!mayConfirm(ctx, article))
      throw new AppError('forbidden', { message: '只有负责人或审核人能确认，请联系负责人。' })
    const now = ctx.clock.now()
    if (input.reviewAt <= now) {
      const message = '下次复核要选以后的日子'
      throw new AppError('invalid_input', {
        message: `${message}。`,
        fields: [{ path: 'reviewAt', message }],
      })
    }
    await updateArticle(tx, article, { reviewAt: input.reviewAt, reviewToldAt: null }, now)
  })
  return showArticle(ctx, input.articleId)
}
