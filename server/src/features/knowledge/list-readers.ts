import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { staffByIds, talkersOf } from '../staff'
import { seesCompany } from './policy'
import { findArticle } from './store'
import { readersOf } from './tally-store'

/** Which colleagues read the published version, and which of those who talk with residents have not. Errors: not_found. */
export async function listReaders(ctx: Ctx, { articleId }: { readonly articleId: string }) {
  const { reader } = ctx.db
  const article = await findArticle(reader, articleId)
  if (!article || !seesCompany(ctx, article.companyId)) throw new AppError('not_found')
  const rows = await readersOf(reader, articleId)
  const names = await staffByIds(
    reader,
    rows.map(({ staffId }) => staffId),
  )
  const current = new Set(
    rows.filter(({ version }) => version === article.liveVersion).map(({ staffId }) => staffId),
  )
  const talkers = (await talkersOf(reader)).filter(
    ({ companies }) => companies === null || companies.includes(article.companyId),
  )
  return {
    read: rows.flatMap(({ staffId, version, lastAt }) => {
      const name = names.get(staffId)?.name
      return name === undefined ? [] : [{ name, at: lastAt, version }]
    }),
    missing: talkers.filter(({ id }) => !current.has(id)).map(({ name }) => name),
  }
}
