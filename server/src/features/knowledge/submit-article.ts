import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { showArticle } from './get-article'
import { lockForChange } from './lock-article'
import { updateArticle } from './store'

/** Asks somebody else to look at the newest draft. Errors: not_found, article_changed, move_not_allowed. */
export async function submitArticle(
  ctx: Ctx,
  input: { readonly articleId: string; readonly revision: number },
) {
  await inTransaction(ctx, async (tx) => {
    const { article } = await lockForChange(tx, ctx, { ...input, act: 'submit' })
    await updateArticle(tx, article, { state: 'review' }, ctx.clock.now())
  })
  return showArticle(ctx, input.articleId)
}
