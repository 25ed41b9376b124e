import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, assertVersion, lockRequest, moveRequest } from '../requests'
import { inScope } from '../staff'
import { dropLeadOffer, dropPlaceOfRequest } from './store'

/**
 * Takes an order back from its worker, or out of a pool; the worker is told why. Errors: not_found out of scope,
 * request_changed, move_not_allowed once the worker is on the way (then it is given to somebody else instead).
 */
export async function recallRequest(
  ctx: Ctx,
  input: { requestId: string; version: number; reason: string },
): Promise<void> {
  const staff = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, input.requestId)
    if (!inScope(staff, request)) throw new AppError('not_found', { detail: 'request out of scope' })
    assertVersion(request, input.version)
    await moveRequest(tx, ctx, { request, move: 'return', by: actorOf(ctx), reason: input.reason })
    await dropLeadOffer(tx, request.id)
    await dropPlaceOfRequest(tx, request.id)
  })
}
