import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { appointmentOf, confirmHold, keepPlace, slotFor } from '../appointments'
import { actorOf, mayChangeVisit, type RequestRow, settleVisit } from '../requests'
import { visitWish } from './list-visit-slots'
import { lockAsSeen } from './lock-for-desk'

interface Booking {
  readonly requestId: string
  readonly version: number
  readonly slotId: string
  readonly reason?: string | undefined
}

/**
 * Books a visit for a request, or moves the one it has; the old place is free only once the new one is taken. After
 * the residents' own limit it needs a reason. Errors: not_found, request_changed, slot_gone, move_not_allowed once
 * somebody is on the way, invalid_input without the reason.
 */
export async function bookVisit(ctx: Ctx, input: Booking): Promise<void> {
  const wish = await visitWish(ctx, { requestId: input.requestId, companyId: '', typeId: '' })
  const slot = await slotFor(ctx.db.reader, ctx, { ...wish, slotId: input.slotId })
  await inTransaction(ctx, async (tx) => {
    const request = await lockAsSeen(tx, ctx, input)
    const before = (await appointmentOf(ctx, [request.id], tx)).get(request.id)
    assertChangeable(request, { isLate: before?.mayChange === false, reason: input.reason })
    const { id: requestId, number, companyId, typeId, residentId } = request
    // The request itself holds it, so that whatever this person holds for another caller stays.
    const { holdId } = await keepPlace(tx, ctx, { holderId: requestId, residentId, typeId, slot })
    const visit = await confirmHold(tx, ctx, {
      holdId,
      holderId: requestId,
      residentId,
      requestId,
      companyId,
      typeId,
      number,
    })
    await settleVisit(tx, ctx, { request, visit, by: actorOf(ctx), reason: input.reason })
  })
}

/** Errors: move_not_allowed, invalid_input where a reason is missing. */
export function assertChangeable(
  request: Pick<RequestRow, 'state'>,
  change: { readonly isLate: boolean; readonly reason?: string | undefined },
): void {
  if (!mayChangeVisit(request))
    throw new AppError('move_not_allowed', {
      message: '师傅已经出发或已经处理，不能再改时间；要改请先把单子收回来。',
    })
  if (change.isLate && !change.reason) {
    const message = '离上门已经很近，请写明为什么改，住户和师傅都会看到'
    throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'reason', message }] })
  }
}
