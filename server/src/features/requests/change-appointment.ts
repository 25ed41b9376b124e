import { recordAudit } from '../../core/audit'
import { shanghaiParts } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { appointmentOf, changeAppointment as changeVisit } from '../appointments'
import { actorOf } from './actor'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { lockOwn, myIds } from './own-request'
import { mayChangeVisit } from './resident-may'
import { agreeOnVisit } from './run-clocks'
import { tellStaff } from './tell-people'
import { touchRequest } from './touch-request'

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
    const moved = await touchRequest(tx, ctx, request, await agreeOnVisit(tx, ctx, request, visit))
    const title = await visitInWords(tx, ctx, request.id)
    const step = await addStep(tx, ctx, { request: moved, kind: 'appointment', title, by: actorOf(ctx) })
    await tellStaff(tx, ctx, {
      request: moved,
      staffIds: [request.assigneeId],
      what: '改约时间',
      remark: title,
      key: step.id,
    })
    await recordAudit(tx, ctx, { action: 'requests.changeAppointment', object: `request:${request.id}` })
    return { ...moved, updatedAt: step.at }
  })
}

async function visitInWords(tx: Tx, ctx: Ctx, requestId: string): Promise<string> {
  const visit = (await appointmentOf(ctx, [requestId], tx)).get(requestId)
  if (!visit) return '取消了上门预约'
  const { month, day } = shanghaiParts(visit.slot.startsAt)
  return `约在${month}月${day}日 ${visit.slot.from}–${visit.slot.to}上门`
}
