import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { addMerged, lockLive } from '../notices'
import type { Actor } from './actor'
import type { RequestRow } from './entities'
import { moveRequest } from './move-request'

/**
 * Makes a request part of an outage: its promises rest, nobody is sent, and it ends with the restoration. That the
 * outage covers its household is for whoever calls to judge. The request is locked before the notice. Errors:
 * notice_over when it is not under way any more, move_not_allowed.
 */
export async function joinNotice(
  tx: Tx,
  ctx: Ctx,
  of: { readonly request: RequestRow; readonly noticeId: string; readonly by: Actor },
): Promise<RequestRow> {
  const { request, by } = of
  const notice = await lockLive(tx, of.noticeId)
  if (!notice || notice.companyId !== request.companyId) throw new AppError('notice_over')
  const moved = await moveRequest(tx, ctx, {
    request,
    move: 'join',
    by,
    notice: { id: notice.id, title: notice.title },
    words: by.kind === 'resident' ? '' : '恢复供应后会告诉您',
    facts: { noticeId: notice.id },
  })
  await addMerged(tx, notice.id, 1)
  return moved
}
