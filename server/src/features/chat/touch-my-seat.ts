import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { touchSeat } from './seat-store'

/** I am writing, so I am here: a seat is not sent away meanwhile. */
export async function touchMySeat(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, (tx) => touchSeat(tx, staffOf(ctx).id, ctx.clock.now()))
}
