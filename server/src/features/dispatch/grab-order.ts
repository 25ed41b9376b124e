import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, lockRequest, moveRequest, requestsByIds } from '../requests'
import { presentOrders } from './present-orders'
import type { FieldOrder } from './schema'

/**
 * Takes an order of my team's pool. Whoever holds the row's lock first gets it; for everybody else it is gone.
 * Errors: order_gone when a colleague was faster, not_found for a pool of another team.
 */
export async function grabOrder(ctx: Ctx, input: { requestId: string }): Promise<{ order: FieldOrder }> {
  const worker = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, input.requestId)
    if (request.teamId === null || request.teamId !== worker.teamId) throw new AppError('not_found')
    if (request.assigneeId === worker.id && request.state === 'dispatched') return
    if (request.assigneeId !== null || request.state !== 'dispatched') throw new AppError('order_gone')
    await moveRequest(tx, ctx, {
      request,
      move: 'dispatch',
      by: actorOf(ctx),
      assign: { teamId: request.teamId, staffId: worker.id, answerBy: null },
      facts: { grabbed: true },
    })
  })
  const row = (await requestsByIds(ctx.db.reader, [input.requestId])).get(input.requestId)
  const [order] = row?.assigneeId === worker.id ? await presentOrders(ctx, [row], { from: null }) : []
  if (!order) throw new AppError('order_gone')
  return { order }
}
