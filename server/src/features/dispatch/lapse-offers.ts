import { inTransaction } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lapsedOffers, lockRequest, SYSTEM, touchRequest } from '../requests'
import { handToLead } from './hand-to-lead'

const BATCH = 100
const MOST_BATCHES = 10

/**
 * Moves orders that nobody took in time to the lead of their team. Each is read again under its lock, so that an
 * answer which came in the same moment wins, and two nodes move it once. Answers how many were moved.
 */
export async function lapseOffers(ctx: Ctx, stopping?: AbortSignal): Promise<number> {
  let moved = 0
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const ids = await lapsedOffers(ctx.db.reader, ctx.clock.now(), BATCH)
    for (const id of ids) {
      if (stopping?.aborted) return moved
      if (await lapseOne(ctx, id)) moved++
    }
    if (ids.length < BATCH) break
  }
  return moved
}

async function lapseOne(ctx: Ctx, id: string): Promise<boolean> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const request = await lockRequest(tx, id)
      if (request.answerBy === null || request.answerBy > ctx.clock.now()) return false
      if (request.state !== 'dispatched') {
        // It was cancelled or merged meanwhile: there is nothing to answer any more.
        await touchRequest(tx, ctx, request, { answerBy: null })
        return false
      }
      const pooled = request.assigneeId === null
      await handToLead(tx, ctx, {
        request,
        why: 'lapsed',
        reason: pooled ? '抢单池里没有人接单' : '派单后没有在规定时间内接单',
        by: SYSTEM,
      })
      return true
    })
  } catch (error) {
    // One order that cannot be moved must not keep the others waiting; the next turn tries it again.
    if (isAppError(error))
      ctx.log.warn({ requestId: id, code: (error as AppError).code }, 'dispatch.not-lapsed')
    else ctx.log.error({ requestId: id, err: error }, 'dispatch.not-lapsed')
    return false
  }
}
