import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { requestsByIds } from '../requests'
import { dropWorkerPlace, somePlaces } from './store'

const BATCH = 500
/** A telephone sends every few seconds while it goes on; a place that is older says nothing any more. */
const KEPT_MS = 15 * 60_000

/**
 * Deletes the places of workers whose order is not on the way any more, by whatever way it left: field work deletes
 * them at once, a cancellation or a merge at the desk knows nothing of places. Answers how many were deleted.
 */
export async function forgetPlaces(ctx: Ctx): Promise<number> {
  let forgotten = 0
  for (let after = ''; ; ) {
    const places = await somePlaces(ctx.db.reader, after, BATCH)
    const requests = await requestsByIds(
      ctx.db.reader,
      places.map(({ requestId }) => requestId),
    )
    const oldest = ctx.clock.now() - KEPT_MS
    for (const { workerId, requestId, at } of places) {
      const request = requests.get(requestId)
      const goesOn = request?.state === 'on-the-way' && request.assigneeId === workerId
      if (goesOn && at >= oldest) continue
      await inTransaction(ctx, (tx) => dropWorkerPlace(tx, workerId))
      forgotten++
    }
    const last = places.at(-1)
    if (places.length < BATCH || !last) return forgotten
    after = last.workerId
  }
}
