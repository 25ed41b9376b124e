import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { moveBulk } from './bulk-store'

/**
 * Stops a bulk: from this commit on its unsent rows stand in no inbox, within two seconds no process begins to send one
 * (watch-stops.ts), and the pump takes them back page by page. What was sent stays. False when it was over already.
 */
export async function stopBulk(tx: Tx, ctx: Ctx, bulkId: string): Promise<boolean> {
  const stopped = await moveBulk(tx, bulkId, ['spreading', 'sending'], {
    state: 'stopped',
    stoppedAt: ctx.clock.now(),
  })
  tx.afterCommit(ctx.wakeJobs)
  return stopped
}
