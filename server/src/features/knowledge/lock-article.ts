import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { ArticleRow, ArticleVersionRow } from './entities'
import { type ArticleAct, isPossible, seesCompany } from './policy'
import { findVersion, lockArticle } from './store'

/**
 * Locks an article for a change, inside the transaction, with its newest version. Errors: not_found when it is gone or
 * of a company out of scope; article_changed when somebody changed it since this person looked; move_not_allowed.
 */
export async function lockForChange(
  tx: Tx,
  ctx: Ctx,
  asked: { readonly articleId: string; readonly revision: number; readonly act: ArticleAct },
): Promise<{ article: ArticleRow; newest: ArticleVersionRow }> {
  const article = await lockArticle(tx, asked.articleId)
  if (!article || !seesCompany(ctx, article.companyId)) throw new AppError('not_found')
  if (article.revision !== asked.revision) throw new AppError('article_changed')
  if (!isPossible(asked.act, article))
    throw new AppError('move_not_allowed', { detail: `${asked.act} in ${article.state}` })
  const newest = await findVersion(tx, article.id, article.newestVersion)
  if (!newest) throw new Error(`article ${article.id} has no version ${article.newestVersion}`)
  return { article, newest }
}
