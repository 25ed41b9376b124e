import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { showArticle } from './get-article'
import { lockForChange } from './lock-article'
import { lookSoon } from './search/shelf'
import { retireVersion, updateArticle } from './store'

/**
 * Takes an article away from readers; a draft that is being written on top of it stays, and one that was never
 * published is put away. Errors: not_found, article_changed, move_not_allowed.
 */
export async function retireArticle(
  ctx: Ctx,
  input: { readonly articleId: string; readonly revision: number; readonly reason: string },
) {
  await inTransaction(ctx, async (tx) => {
    const { article } = await lockForChange(tx, ctx, { ...input, act: 'retire' })
    const now = ctx.clock.now()
    const { liveVersion: version, newestVersion } = article
    const gone = version ?? newestVersion
    await retireVersion(tx, { articleId: article.id, version: gone }, now, input.reason)
    const state = gone === newestVersion ? ('retired' as const) : article.state
    await updateArticle(tx, article, { liveVersion: null, state }, now)
    lookSoon(tx, ctx)
  })
  return showArticle(ctx, input.articleId)
}
