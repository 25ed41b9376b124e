import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { ArticleRow, ArticleVersionRow } from './entities'
import { showArticle } from './get-article'
import { lockForChange } from './lock-article'
import { isSecondPerson } from './policy'
import { lookSoon } from './search/shelf'
import { retireVersion, rewriteDraft, updateArticle } from './store'

/**
 * A second person publishes a draft, or gives it back with a reason. Errors: own_article for whoever wrote on it,
 * invalid_input without a reason, not_found, article_changed, move_not_allowed.
 */
export async function reviewArticle(
  ctx: Ctx,
  input: {
    readonly articleId: string
    readonly revision: number
    readonly verdict: 'publish' | 'return'
    readonly reason?: string | undefined
  },
) {
  const { verdict, reason = '' } = input
  if (verdict === 'return' && reason.length < 2) {
    const message = '请写明为什么退回'
    throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'reason', message }] })
  }
  await inTransaction(ctx, async (tx) => {
    const { article, newest } = await lockForChange(tx, ctx, { ...input, act: 'review' })
    if (!isSecondPerson(newest, staffOf(ctx).id)) throw new AppError('own_article')
    if (verdict === 'publish') await publishVersion(tx, ctx, article, newest)
    else await giveBack(tx, ctx, { article, newest, reason })
  })
  return showArticle(ctx, input.articleId)
}

const reviewer = (ctx: Ctx) => {
  const { id, name } = staffOf(ctx)
  return { reviewedById: id, reviewedByName: name, reviewedAt: ctx.clock.now() }
}

/** The newest version is what people read from now on, and the one before is not. */
export async function publishVersion(
  tx: Tx,
  ctx: Ctx,
  article: ArticleRow,
  newest: ArticleVersionRow,
): Promise<void> {
  const now = ctx.clock.now()
  await rewriteDraft(tx, { ...newest, ...reviewer(ctx), returnedBecause: null, publishedAt: now })
  if (article.liveVersion !== null)
    await retireVersion(tx, { articleId: article.id, version: article.liveVersion }, now, null)
  const { kind, audience, typeIds, validFrom, validUntil } = newest
  const live = { kind, audience, typeIds, validFrom, validUntil, liveVersion: newest.version }
  await updateArticle(tx, article, { ...live, state: 'published' }, now)
  lookSoon(tx, ctx)
}

async function giveBack(
  tx: Tx,
  ctx: Ctx,
  { article, newest, reason }: { article: ArticleRow; newest: ArticleVersionRow; reason: string },
): Promise<void> {
  await rewriteDraft(tx, { ...newest, ...reviewer(ctx), returnedBecause: reason })
  await updateArticle(tx, article, { state: 'draft' }, ctx.clock.now())
}
