import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { addConsent, dropWorkerPlace, hasConsent } from './store'

/**
 * Keeps that a worker agrees, or no longer agrees, that the place is sent while an order is on the way. Rows are only
 * added, so it can be told later what held when; whoever no longer agrees is forgotten at once.
 */
export async function setLocationConsent(ctx: Ctx, input: { agreed: boolean }): Promise<void> {
  const workerId = staffOf(ctx).id
  await inTransaction(ctx, async (tx) => {
    if ((await hasConsent(tx, workerId)) !== input.agreed)
      await addConsent(tx, {
        id: ctx.ids.next(),
        workerId,
        agreed: input.agreed ? 1 : 0,
        at: ctx.clock.now(),
      })
    if (!input.agreed) await dropWorkerPlace(tx, workerId)
  })
}
