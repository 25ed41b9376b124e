import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RequestRow } from './entities'
import { isMine, myIds } from './own-request'
import { follows } from './people-store'
import { ownsChildOf } from './resident-store'
import { findRequest } from './store'
import type { Viewer } from './viewer'

/**
 * A request and as what the resident who asks sees it: their own, one that they follow, or one that theirs was merged
 * into. Errors: not_found for every other one.
 */
export async function getRequest(
  ctx: Ctx,
  input: { readonly requestId: string },
): Promise<{ row: RequestRow; viewer: Viewer }> {
  const { reader } = ctx.db
  const [row, ids] = await Promise.all([findRequest(reader, input.requestId), myIds(ctx)])
  if (row && isMine(row, ids)) return { row, viewer: { kind: 'owner' } }
  if (row && (await follows(reader, row.id, ids))) return { row, viewer: { kind: 'follower', canStop: true } }
  if (row && (await ownsChildOf(reader, row.id, ids)))
    return { row, viewer: { kind: 'follower', canStop: false } }
  throw new AppError('not_found', { detail: 'request of somebody else' })
}
