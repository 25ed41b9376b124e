import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { supervisorsOf } from '../staff'
import { type Actor, actorOf } from './actor'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { followUpRequest } from './follow-up-request'
import { moveRequest } from './move-request'
import { lockOwn, myIds } from './own-request'
import { insertRating, ratingsOf } from './people-store'
import { mayRate, mayReopen } from './resident-may'
import { termsOf } from './run-clocks'
import { saveSweep, saveWake } from './store'
import { judgeWords } from './submit-request'
import { tellStaff } from './tell-people'

export interface Rating {
  readonly stars: number
  readonly outcome: 'solved' | 'partly' | 'not'
  readonly reasons: readonly string[]
  readonly words?: string | undefined
  readonly fileIds: readonly string[]
  /** The words wait for a person's look. */
  readonly flagged?: boolean
}

const POOR_STARS = 2
const SUPERVISOR_LEVEL = 2

/**
 * Says how it went, once per round. `not` opens it again inside the window that the row keeps, and a follow-up after
 * it; `partly` opens a follow-up. Errors: not_found, rated_before, move_not_allowed before it is done, invalid_input
 * without a reason under four stars.
 */
export async function rateRequest(
  ctx: Ctx,
  input: Rating & { readonly requestId: string },
): Promise<{ request: RequestRow; followUp: RequestRow | null }> {
  const flagged = input.words ? await judgeWords(ctx, input.words) : false
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const rated = await rate(tx, ctx, request, { ...input, flagged, by: actorOf(ctx) })
    await recordAudit(tx, ctx, {
      action: 'requests.rate',
      object: `request:${request.id}`,
      detail: { stars: input.stars, outcome: input.outcome },
    })
    return rated
  })
}

/** The same for whoever holds the follow-link. */
export async function rate(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  rating: Rating & { readonly by: Actor },
): Promise<{ request: RequestRow; followUp: RequestRow | null }> {
  await checkRating(tx, ctx, request, rating)
  const { stars, outcome, reasons, by } = rating
  const round = request.reopened + 1
  const kept = await insertRating(tx, {
    requestId: request.id,
    round,
    stars,
    outcome,
    reasons: JSON.stringify(reasons),
    words: rating.words || null,
    at: ctx.clock.now(),
    replyWords: null,
    replyAt: null,
    replyById: null,
    replyByName: null,
  })
  if (!kept) throw new AppError('rated_before')
  const step = await addStep(tx, ctx, {
    request,
    kind: 'rated',
    title: `评价${stars}星`,
    words: [reasons.join('、'), rating.words].filter(Boolean).join('。') || null,
    by,
    facts: { stars, outcome, round, ...(rating.flagged ? { flagged: true } : {}) },
    fileIds: rating.fileIds,
    fileRole: 'rating',
  })
  const rated = await whatFollows(tx, ctx, request, rating)
  if (stars <= POOR_STARS) await tellSupervisors(tx, ctx, rated.request, { stars, key: step.id })
  return rated
}

async function checkRating(tx: Tx, ctx: Ctx, request: RequestRow, rating: Rating): Promise<void> {
  const ratings = (await ratingsOf(tx, [request.id])).get(request.id) ?? []
  if (ratings.some((one) => one.round === request.reopened + 1)) throw new AppError('rated_before')
  if (!mayRate(request, ratings, ctx.clock.now()))
    throw new AppError('move_not_allowed', { message: '处理完以后才能评价，请再等等。' })
  const { type } = await termsOf(ctx, request, tx)
  if (rating.reasons.some((reason) => !type.reasonsUnderFour.includes(reason)))
    throw unreasoned('请从列出的原因里选。')
  if (rating.stars < 4 && rating.reasons.length === 0) throw unreasoned('请选一个原因，我们好改进。')
}

const unreasoned = (message: string): AppError =>
  new AppError('invalid_input', { message, fields: [{ path: 'reasons', message }] })

async function whatFollows(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  rating: Rating & { readonly by: Actor },
): Promise<{ request: RequestRow; followUp: RequestRow | null }> {
  const { by } = rating
  const said = rating.words || rating.reasons.join('、')
  if (rating.outcome === 'not' && mayReopen(request, ctx.clock.now()))
    return {
      request: await moveRequest(tx, ctx, { request, move: 'reopen', by, words: said || '没解决' }),
      followUp: null,
    }
  const followUp =
    rating.outcome === 'solved'
      ? null
      : await followUpRequest(tx, ctx, { request, by, words: said || '还没有完全解决' })
  if (request.state === 'resolved')
    return { request: await moveRequest(tx, ctx, { request, move: 'close', by }), followUp }
  // Nobody need be reminded of what is done; the question four weeks later stays.
  if (request.wake === 'rate') await saveWake(tx, request.id, { wake: 'survey', wakeAt: request.surveyAt })
  return { request, followUp }
}

/** What went badly reaches the supervisors at once; when it goes on, it goes on at their level. */
async function tellSupervisors(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: { readonly stars: number; readonly key: string },
): Promise<void> {
  if (request.openSlot === 1 && request.escalation < SUPERVISOR_LEVEL) {
    const { nextDueAt, nextWarnAt } = request
    await saveSweep(tx, request.id, {
      escalation: SUPERVISOR_LEVEL,
      nextDueAt,
      nextWarnAt,
      updatedAt: ctx.clock.now(),
    })
  }
  const supervisors = (await supervisorsOf(tx, request.companyId)).map(({ id }) => id)
  await tellStaff(tx, ctx, {
    request,
    staffIds: supervisors.slice(0, 50),
    what: `住户评了${said.stars}星`,
    remark: request.openSlot === 1 ? '住户说没解决，已重新打开，请跟进' : '请看看评价并回复住户',
    key: said.key,
  })
}
