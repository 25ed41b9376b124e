import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { changeAppointment as changeVisit } from '../appointments'
import { actorOf } from './actor'
import type { RequestRow } from './entities'
import { lockOwn, myIds } from './own-request'
import { mayChangeVisit } from './resident-may'
import { settleVisit } from './settle-visit'

/**
 * Moves the visit of my request to a slot that I hold, or lets it go. Errors: not_found, appointment_fixed,
 * slot_gone, move_not_allowed when somebody is on the way already.
 */
export async function changeAppointment(
  ctx: Ctx,
  input: { readonly requestId: string; readonly holdId: string | null },
): Promise<RequestRow> {
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    if (!mayChangeVisit(request))
      throw new AppError('move_not_allowed', {
        message: '师傅已经出发或已经处理，不能再改时间；有事请打客服电话。',
      })
    const visit = await changeVisit(tx, ctx, {
      requestId: request.id,
      number: request.number,
      companyId: request.companyId,
      typeId: request.typeId,
      residentId: residentOf(ctx).id,
      holdId: input.holdId,
    })
    const moved = await settleVisit(tx, ctx, { request, visit, by: actorOf(ctx) })
    await recordAudit(tx, ctx, { action: 'requests.changeAppointment', object: `request:${request.id}` })
    return moved
  })
}
