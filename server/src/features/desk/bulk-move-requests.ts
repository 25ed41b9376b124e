import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { lockForDesk } from './lock-for-desk'
import { type DeskMove, moveFromDesk } from './move-desk-request'

/** One move on many requests, each by itself: what is refused for one is told in words and stops no other. */
export async function bulkMoveRequests(
  ctx: Ctx,
  input: DeskMove & { requestIds: readonly string[] },
): Promise<{ requestId: string; refused: string | null }[]> {
  const results: { requestId: string; refused: string | null }[] = []
  for (const requestId of new Set(input.requestIds)) {
    try {
      await inTransaction(ctx, async (tx) => {
        await moveFromDesk(tx, ctx, await lockForDesk(tx, ctx, requestId), input)
      })
      results.push({ requestId, refused: null })
    } catch (error) {
      if (!isAppError(error)) throw error
      results.push({ requestId, refused: error.message })
    }
  }
  return results
}
