import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { endBooking, expiredHolds } from './store'

const BATCH = 200
const MOST_BATCHES = 20

/** Gives the places of holds that ran out back. Each ends once, whoever sweeps. */
export async function expireHolds(ctx: Ctx): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const over = await expiredHolds(ctx.db.reader, ctx.clock.now(), BATCH)
    for (const hold of over) await inTransaction(ctx, (tx) => endBooking(tx, hold, 'held', 'expired'))
    if (over.length < BATCH) return
  }
}
