import { inTransaction } from '../../core/db/database'
import { isDone } from '../../core/http/shapes'
import { type Ctx, residentOf } from '../../platforms/context'
import { endBooking, lockBooking } from './store'

/** Lets a hold of the resident go. One that is over, booked or somebody else's is left as it is, without a word. */
export async function releaseSlot(ctx: Ctx, input: { holdId: string }): Promise<typeof isDone> {
  const { id: residentId } = residentOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const booking = await lockBooking(tx, input.holdId)
    if (booking?.holderId === residentId) await endBooking(tx, booking, 'held', 'freed')
  })
  return isDone
}
