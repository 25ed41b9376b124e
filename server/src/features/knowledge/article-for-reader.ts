import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { isReadable } from './policy'
import { type LiveRow, liveByIds } from './store'

/**
 * A published article as somebody may read it now: a resident what is public, people at work everything of these
 * companies. Errors: not_found, also for what is not valid yet or any more.
 */
export async function articleForReader(
  ctx: Ctx,
  articleId: string,
  reader: { readonly companies: readonly string[] } | 'public',
): Promise<LiveRow> {
  const row = (await liveByIds(ctx.db.reader, [articleId])).get(articleId)
  const isTheirs = reader === 'public' || (row !== undefined && reader.companies.includes(row.companyId))
  const audience = reader === 'public' ? 'public' : 'all'
  if (!row || !isTheirs || !isReadable(row, ctx.clock.now(), audience))
    throw new AppError('not_found', { message: '这篇内容已经下架或还没有发布，请返回重新搜索。' })
  return row
}
