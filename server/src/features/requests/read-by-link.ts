import { DAY_MS } from '../../core/clock'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import type { RequestRow } from './entities'
import { findByFollowToken } from './store'

/** A person looks at a page and not at sixty in a minute; whoever guesses tokens is stopped long before one fits. */
const LOOKS = { limit: 60, windowMs: 60_000 }

/**
 * The request behind a follow-link. A wrong link, an old one and none are answered alike. Errors: not_found,
 * rate_limited.
 */
export async function readByLink(ctx: Ctx, input: { readonly token: string }): Promise<RequestRow> {
  await ctx.limiter.take(`follow-link:${ctx.ip}`, LOOKS)
  const row = await findByFollowToken(ctx.db.reader, sha256(input.token))
  if (!row || isTooOld(ctx, row))
    throw new AppError('not_found', { message: '链接不对或已经过期，请拨打客服电话查询。' })
  return row
}

function isTooOld(ctx: Ctx, row: RequestRow): boolean {
  return row.closedAt !== null && ctx.clock.now() - row.closedAt > ctx.config.requests.linkDays * DAY_MS
}
