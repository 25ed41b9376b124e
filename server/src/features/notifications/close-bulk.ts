import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { moveBulk } from './bulk-store'

/** Says that all rows of a bulk are there. It is over once each of them has become something. */
export async function closeBulk(tx: Tx, ctx: Ctx, bulkId: string): Promise<void> {
  await moveBulk(tx, bulkId, ['spreading'], { state: 'sending' })
  tx.afterCommit(ctx.wakeJobs)
}
