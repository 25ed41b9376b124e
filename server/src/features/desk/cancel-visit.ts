import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { appointmentOf, freeAppointment } from '../appointments'
import { actorOf, settleVisit } from '../requests'
import { assertChangeable } from './book-visit'
import { lockAsSeen } from './lock-for-desk'

/**
 * Lets the visit of a request go, also after the residents' own limit; the request itself stays as it is. Errors:
 * not_found, request_changed, move_not_allowed without a visit or once somebody is on the way.
 */
export async function cancelVisit(
  ctx: Ctx,
  input: { readonly requestId: string; readonly version: number; readonly reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockAsSeen(tx, ctx, input)
    if (!(await appointmentOf(ctx, [request.id], tx)).has(request.id))
      throw new AppError('move_not_allowed', { message: '这一单现在没有预约，不用取消。' })
    assertChangeable(request, { isLate: true, reason: input.reason })
    await freeAppointment(tx, ctx, request.id)
    await settleVisit(tx, ctx, { request, visit: null, by: actorOf(ctx), reason: input.reason })
  })
}
