import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { addStep, lastMoveAt, moveRequest, touchRequest } from '../requests'
import { offerOrder, teamFor } from './assignment'
import type { Do, Doing } from './doing'
import { handToLead } from './hand-to-lead'
import { happenedAt } from './happened-at'
import { placesOfOrders } from './order-places'
import { dropLeadOffer, dropPlaceOfRequest } from './store'
import { distanceInWords, distanceM } from './straight-line'
import { sealPlace } from './worker-places'

/** What a worker does that moves an order on. */

/** Beyond what a telephone errs by among tall houses, a check-in is looked at by the desk; it is not refused. */
const FAR_M = 500

/** An answer that comes a little late is taken as long as the order is still theirs: nobody else has it yet. */
export const take: Do<'take'> = async (tx, ctx, { request, by, at }) => {
  if (request.answerBy === null) return
  const taken = await touchRequest(tx, ctx, request, { answerBy: null })
  await addStep(tx, ctx, {
    request: taken,
    kind: 'taken',
    title: '已接单',
    internal: true,
    by,
    facts: { reportedAt: at },
  })
}

export const giveBack: Do<'give-back'> = async (tx, ctx, { request, by }, { reason }) => {
  if (request.state !== 'dispatched')
    throw new AppError('move_not_allowed', { message: '已经出发的单不能退，请转给同事或写明原因后暂停。' })
  await handToLead(tx, ctx, { request, why: 'given-back', reason, by })
}

export const passOn: Do<'pass-on'> = async (tx, ctx, { request, by }, { toStaffId, reason }) => {
  if (request.teamId === null) throw new AppError('move_not_allowed', { message: '这一单没有班组，请退单。' })
  if (toStaffId === by.id) throw new AppError('move_not_allowed', { message: '这一单已经在您手上。' })
  const team = await teamFor(tx, request, request.teamId)
  await offerOrder(tx, ctx, { request, team, staffId: toStaffId, by, words: `转单：${reason}` })
}

export const setOut: Do<'set-out'> = async (tx, ctx, doing) => {
  const { request, by } = doing
  const { at, facts } = await believedTime(tx, ctx, doing)
  await moveRequest(tx, ctx, { request, move: 'set-out', by, at, facts })
  await dropLeadOffer(tx, request.id)
}

/** The place proves the arrival; it is kept sealed, and only its distance from the order's own place stands open. */
export const arrive: Do<'arrive'> = async (tx, ctx, doing, { place }) => {
  const { request, by } = doing
  const { at, facts } = await believedTime(tx, ctx, doing)
  const target = (await placesOfOrders(ctx, [request], tx)).get(request.id)
  const checkIn =
    place === null
      ? { distanceM: null }
      : {
          placeSealed: sealPlace(ctx, place),
          accuracyM: place.accuracyM,
          distanceM: target?.exact === 'point' ? distanceM(place, target) : null,
        }
  await moveRequest(tx, ctx, { request, move: 'arrive', by, at, facts: { ...facts, ...checkIn } })
  const farM = (checkIn.distanceM ?? 0) - (place?.accuracyM ?? 0)
  if (farM > FAR_M) await noteFarArrival(tx, ctx, doing, farM)
  await dropPlaceOfRequest(tx, request.id)
  await dropLeadOffer(tx, request.id)
}

async function noteFarArrival(tx: Tx, ctx: Ctx, { request, by }: Doing, farM: number): Promise<void> {
  await addStep(tx, ctx, {
    request,
    kind: 'far-arrival',
    title: '签到的位置离报修地点较远',
    words: `离报修地点${distanceInWords(farM)}`,
    internal: true,
    by,
  })
}

export const hold: Do<'hold'> = async (tx, ctx, { request, by, at }, { reason, words, until }) => {
  if (until !== null && until <= ctx.clock.now())
    throw new AppError('invalid_input', { message: '预计恢复的时间已经过了，请重新选。' })
  await moveRequest(tx, ctx, {
    request,
    move: 'hold',
    by,
    words,
    holdReason: reason,
    until,
    facts: { reportedAt: at },
  })
  await dropPlaceOfRequest(tx, request.id)
}

export const resume: Do<'resume'> = async (tx, ctx, { request, by, at }) => {
  await moveRequest(tx, ctx, { request, move: 'resume', by, facts: { reportedAt: at } })
}

/** The promise to restore is kept by our clock: what the telephone said stands beside it. */
export const resolve: Do<'resolve'> = async (tx, ctx, { request, by, at }, { words }) => {
  await moveRequest(tx, ctx, { request, move: 'resolve', by, words, facts: { reportedAt: at } })
  await dropPlaceOfRequest(tx, request.id)
}

async function believedTime(
  tx: Tx,
  ctx: Ctx,
  { request, at }: Doing,
): Promise<{ at: number; facts: Record<string, unknown> }> {
  const notBefore = (await lastMoveAt(tx, request.id)) ?? request.createdAt
  const happened = happenedAt(at, { now: ctx.clock.now(), notBefore })
  return {
    at: happened.at,
    facts: { reportedAt: at, reportedOffline: happened.offline, timeRefused: happened.refused },
  }
}
