import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { actorOf, joinNotice } from '../requests'
import { lockForDesk } from './lock-for-desk'

/**
 * Makes requests of my scope part of a live outage of their company, each by itself: what is refused for one is told in
 * words and stops no other. 拆分 takes one out again.
 */
export async function linkNotice(
  ctx: Ctx,
  input: { requestIds: readonly string[]; noticeId: string },
): Promise<{ requestId: string; refused: string | null }[]> {
  const results: { requestId: string; refused: string | null }[] = []
  for (const requestId of new Set(input.requestIds)) {
    try {
      await inTransaction(ctx, async (tx) => {
        const request = await lockForDesk(tx, ctx, requestId)
        await joinNotice(tx, ctx, { request, noticeId: input.noticeId, by: actorOf(ctx) })
      })
      results.push({ requestId, refused: null })
    } catch (error) {
      if (!isAppError(error)) throw error
      results.push({ requestId, refused: error.message })
    }
  }
  return results
}
