import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { actsFor, seesCompany } from './policy'
import { presentRows, presentVersions } from './present'
import { findArticle, versionsOf } from './store'
import { keepReader } from './tally-store'
import { countRead } from './tally'

/** One article with its versions and what I may do with it; noted as read by me. Errors: not_found. */
export async function getArticle(ctx: Ctx, { articleId }: { readonly articleId: string }) {
  const answer = await showArticle(ctx, articleId)
  const { liveVersion } = answer.article
  if (liveVersion !== null) {
    const read = { articleId, staffId: staffOf(ctx).id, version: liveVersion }
    await inTransaction(ctx, (tx) => keepReader(tx, read, ctx.clock.now()))
    countRead(ctx, articleId, 'staff')
  }
  return answer
}

/** The same for the answer of an act, which is no reading. Errors: not_found. */
export async function showArticle(ctx: Ctx, articleId: string) {
  const row = await findArticle(ctx.db.reader, articleId)
  if (!row || !seesCompany(ctx, row.companyId)) throw new AppError('not_found')
  const versions = await versionsOf(ctx.db.reader, row.id)
  const newest = versions[0]
  const [article] = await presentRows(ctx, [row])
  if (!newest || !article) throw new Error(`article ${row.id} has no version`)
  return { article, versions: await presentVersions(ctx, versions), may: actsFor(ctx, row, newest) }
}
