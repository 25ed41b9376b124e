import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockRequest, ordersOfWorker } from '../requests'
import { dropWorkerPlace, hasConsent, putWorkerPlace } from './store'
import { sealPlace, type SentPlace } from './worker-places'

/**
 * Keeps where a worker is, the latest place only and sealed, while an order of theirs is on the way and they agreed.
 * In every other case nothing is kept, what was kept is deleted, and the answer tells the telephone to stop.
 */
export async function sendPlace(ctx: Ctx, place: SentPlace): Promise<{ goOn: boolean }> {
  const workerId = staffOf(ctx).id
  return inTransaction(ctx, async (tx) => {
    const onTheWay = (await ordersOfWorker(tx, workerId)).find(({ state }) => state === 'on-the-way')
    // Under the order's lock, so that nobody can have arrived or lost the order meanwhile.
    const request = onTheWay ? await lockRequest(tx, onTheWay.id) : null
    const still = request?.state === 'on-the-way' && request.assigneeId === workerId
    if (!request || !still || !(await hasConsent(tx, workerId))) {
      await dropWorkerPlace(tx, workerId)
      return { goOn: false }
    }
    const { latE6, lngE6, accuracyM } = place
    await putWorkerPlace(tx, {
      workerId,
      requestId: request.id,
      placeSealed: sealPlace(ctx, { latE6, lngE6, accuracyM }),
      at: ctx.clock.now(),
    })
    return { goOn: true }
  })
}
