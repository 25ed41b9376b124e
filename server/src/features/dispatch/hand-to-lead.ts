import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type Actor, addStep, moveRequest, type RequestRow, SYSTEM, tellStaff } from '../requests'
import { staffByIds, supervisorsOf, teamById } from '../staff'
import { dropLeadOffer, dropPlaceOfRequest, putLeadOffer } from './store'

/** Supervisors who are told when there is nobody in between. */
const TOLD_MAX = 20

export interface Fall {
  readonly request: RequestRow
  readonly why: 'lapsed' | 'given-back'
  /** In words: what the worker said, or that nobody took it in time. */
  readonly reason: string
  /** Who gave it back; the portal itself when the time ran out. */
  readonly by: Actor
}

/**
 * An order that its worker does not do is never dropped in silence: it goes to the lead of the team, who then has it
 * and either does it or passes it on. Where there is no lead at work, or the lead is the one who did not answer, it
 * goes back to the dispatchers as returned and the supervisors are told. The caller holds the request's lock.
 */
export async function handToLead(tx: Tx, ctx: Ctx, fall: Fall): Promise<RequestRow> {
  const { request, why, reason } = fall
  const team = request.teamId === null ? null : await teamById(tx, request.teamId)
  const leadId = team?.leadId ?? null
  const names = await staffByIds(
    tx,
    [leadId, request.assigneeId].filter((id) => id !== null),
  )
  const workerName = names.get(request.assigneeId ?? '')?.name ?? null
  const lead = names.get(leadId ?? '')
  await addStep(tx, ctx, {
    request,
    kind: why,
    title: why === 'lapsed' ? '到时间没有接单' : '退单',
    words: reason,
    internal: true,
    by: fall.by,
    facts: { workerId: request.assigneeId, leadId },
  })
  await dropPlaceOfRequest(tx, request.id)
  if (team === null || !lead?.active || lead.id === request.assigneeId)
    return backToDispatchers(tx, ctx, fall)
  const moved = await moveRequest(tx, ctx, {
    request,
    move: 'dispatch',
    by: SYSTEM,
    assign: { teamId: team.id, staffId: lead.id, answerBy: null },
  })
  await putLeadOffer(tx, { requestId: request.id, leadId: lead.id, workerName, why, at: ctx.clock.now() })
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: [lead.id],
    what: why === 'lapsed' ? '没人接单' : '师傅退单',
    remark: `转给您 ${workerName ?? '抢单池'}：${reason}`,
    key: `lead:${moved.version}`,
  })
  return moved
}

async function backToDispatchers(tx: Tx, ctx: Ctx, { request, reason, by, why }: Fall): Promise<RequestRow> {
  const moved = await moveRequest(tx, ctx, { request, move: 'return', by, reason })
  await dropLeadOffer(tx, request.id)
  const supervisors = await supervisorsOf(tx, request.companyId)
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: supervisors.slice(0, TOLD_MAX).map(({ id }) => id),
    what: why === 'lapsed' ? '没人接单' : '师傅退单',
    remark: reason,
    key: `returned:${moved.version}`,
  })
  return moved
}
