import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { supervisorsOf, teamById } from '../staff'
import { type Actor, actorOf, SYSTEM } from './actor'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { lockOwn, myIds } from './own-request'
import { mayUrge, nextUrgeAt } from './resident-may'
import { termsOf } from './run-clocks'
import { lockRequest, saveUrge } from './store'
import { judgeWords } from './submit-request'
import { tellStaff } from './tell-people'
import { whenInWords } from './words'

/** From this urge on the priority is raised, and from that one on the supervisor hears of it. */
const RAISES_AT = 2
const ESCALATES_AT = 3
const SUPERVISOR_LEVEL = 2

/**
 * Urges (催办), at most once in the company's gap. The second raises the priority once, the third reaches the
 * supervisors; promises that were made stay as they are. Errors: not_found, urge_too_soon, move_not_allowed.
 */
export async function urgeRequest(
  ctx: Ctx,
  input: { readonly requestId: string; readonly words?: string | undefined },
): Promise<RequestRow> {
  const flagged = input.words ? await judgeWords(ctx, input.words) : false
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const urged = await urge(tx, ctx, request, { by: actorOf(ctx), words: input.words, flagged })
    await recordAudit(tx, ctx, { action: 'requests.urge', object: `request:${request.id}` })
    return urged
  })
}

/** The same for whoever holds the follow-link. */
export async function urge(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: { readonly by: Actor; readonly words?: string | undefined; readonly flagged?: boolean },
): Promise<RequestRow> {
  const now = ctx.clock.now()
  if (!mayUrge(request))
    throw new AppError('move_not_allowed', { message: '已经处理完了，不用再催；没解决请点“没解决”。' })
  const { body } = await termsOf(ctx, request, tx)
  const nextAt = nextUrgeAt(request, body, now)
  if (nextAt !== null)
    throw new AppError('urge_too_soon', {
      message: `刚刚已经催过了，我们正在跟进；${whenInWords(nextAt, now)}后可以再催。`,
      retryAfterSeconds: Math.ceil((nextAt - now) / 1000),
    })
  const count = request.urges + 1
  const changes = {
    urges: count,
    urgesWaiting: request.urgesWaiting + 1,
    lastUrgedAt: now,
    priority: count === RAISES_AT ? Math.max(1, request.priority - 1) : request.priority,
    escalation: count >= ESCALATES_AT ? Math.max(SUPERVISOR_LEVEL, request.escalation) : request.escalation,
  }
  await saveUrge(tx, request.id, { ...changes, updatedAt: now })
  const urged = { ...request, ...changes, updatedAt: now }
  const step = await addStep(tx, ctx, {
    request,
    kind: 'urged',
    title: count === 1 ? '催办' : `第${count}次催办`,
    words: said.words,
    by: said.by,
    facts: { count, ...(said.flagged ? { flagged: true } : {}) },
  })
  await tellStaff(tx, ctx, {
    request: urged,
    staffIds: await whoHears(tx, urged, count),
    what: `第${count}次催办`,
    remark: (!said.flagged && said.words) || '请尽快处理并回复住户',
    key: step.id,
  })
  if (urged.state === 'merged' && urged.parentId !== null) await passOn(tx, ctx, urged.parentId, now)
  return urged
}

async function whoHears(tx: Tx, request: RequestRow, count: number): Promise<(string | null)[]> {
  const lead = request.teamId === null ? null : ((await teamById(tx, request.teamId))?.leadId ?? null)
  const supervisors =
    count < ESCALATES_AT ? [] : (await supervisorsOf(tx, request.companyId)).map(({ id }) => id)
  return [request.assigneeId, lead, ...supervisors.slice(0, 50)]
}

/** Whoever was merged urges the whole: it is counted there, and waits there for an answer. */
async function passOn(tx: Tx, ctx: Ctx, parentId: string, now: number): Promise<void> {
  const parent = await lockRequest(tx, parentId)
  await saveUrge(tx, parent.id, {
    urges: parent.urges + 1,
    urgesWaiting: parent.urgesWaiting + 1,
    lastUrgedAt: parent.lastUrgedAt,
    priority: parent.priority,
    escalation: parent.escalation,
    updatedAt: now,
  })
  await addStep(tx, ctx, {
    request: parent,
    kind: 'urged',
    title: '合并进来的住户催办',
    by: SYSTEM,
    internal: true,
  })
}
