import { shanghaiParts } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { appointmentOf, type VisitTime } from '../appointments'
import type { Actor } from './actor'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { agreeOnVisit } from './run-clocks'
import { tellResident, tellStaff } from './tell-people'
import { touchRequest } from './touch-request'

/**
 * Everything that follows when a visit was booked, moved or let go: the promise, the timeline, and whoever must know of
 * it. The booking itself was changed by the caller, in this transaction.
 */
export async function settleVisit(
  tx: Tx,
  ctx: Ctx,
  settled: {
    readonly request: RequestRow
    readonly visit: VisitTime | null
    readonly by: Actor
    /** Why, where the desk did it. */
    readonly reason?: string | undefined
  },
): Promise<RequestRow> {
  const { request, visit, by } = settled
  const moved = await touchRequest(tx, ctx, request, await agreeOnVisit(tx, ctx, request, visit))
  const title = await visitInWords(tx, ctx, request.id)
  const step = await addStep(tx, ctx, {
    request: moved,
    kind: 'appointment',
    title,
    words: settled.reason,
    by,
  })
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: [request.assigneeId === by.id ? null : request.assigneeId],
    what: '改约时间',
    remark: title,
    key: step.id,
  })
  if (by.kind === 'staff' && request.residentId !== null)
    await tellResident(tx, ctx, {
      request: moved,
      residentId: request.residentId,
      stepId: step.id,
      remark: [title, settled.reason].filter(Boolean).join('：'),
    })
  return { ...moved, updatedAt: step.at }
}

async function visitInWords(tx: Tx, ctx: Ctx, requestId: string): Promise<string> {
  const visit = (await appointmentOf(ctx, [requestId], tx)).get(requestId)
  if (!visit) return '取消了上门预约'
  const { month, day } = shanghaiParts(visit.slot.startsAt)
  return `约在${month}月${day}日 ${visit.slot.from}–${visit.slot.to}上门`
}
