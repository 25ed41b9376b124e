import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { type Actor, actorOf } from './actor'
import type { RequestRow } from './entities'
import { moveRequest } from './move-request'
import { lockOwn, myIds } from './own-request'
import { mayCancel } from './resident-may'

/** Takes my request back before work has begun. Errors: not_found, move_not_allowed. */
export async function cancelRequest(
  ctx: Ctx,
  input: { readonly requestId: string; readonly reason: string },
): Promise<RequestRow> {
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const cancelled = await takeBack(tx, ctx, request, { by: actorOf(ctx), reason: input.reason })
    await recordAudit(tx, ctx, { action: 'requests.cancel', object: `request:${request.id}` })
    return cancelled
  })
}

/** The same for whoever holds the follow-link. */
export async function takeBack(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: { readonly by: Actor; readonly reason: string },
): Promise<RequestRow> {
  if (request.state === 'on-hold' && !mayCancel(request, ctx.clock.now()))
    throw new AppError('move_not_allowed', { message: '师傅已经开始处理，不能撤销了；有事请打客服电话。' })
  return moveRequest(tx, ctx, { request, move: 'cancel', by: said.by, reason: said.reason })
}
