import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { bulksToEnd, cancelUnclaimed, moveBulk, unclaimedOfBulk } from './bulk-store'
import type { BulkRow } from './entities'
import { tallyMessage } from './claim-batch'
import { Tally, tallyOfBulk } from './tally-store'

const PAGE = 500

/** Takes back what stopped bulks have not sent, page by page, and notes which bulks are over. Answers how much it did. */
export async function endBulks(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  let done = 0
  for (const bulk of await bulksToEnd(ctx.db.reader)) {
    if (stopping.aborted) break
    if (bulk.state === 'stopped') done += await takeBack(ctx, bulk, stopping)
    if (await isOver(ctx, bulk)) {
      const now = ctx.clock.now()
      const state = bulk.state === 'stopped' ? 'stopped' : 'done'
      await inTransaction(ctx, (tx) => moveBulk(tx, bulk.id, [bulk.state], { state, endedAt: now }))
      done++
    }
  }
  return done
}

async function takeBack(ctx: Ctx, bulk: BulkRow, stopping: AbortSignal): Promise<number> {
  let done = 0
  for (let after = ''; !stopping.aborted; ) {
    const ids = await unclaimedOfBulk(ctx.db.reader, bulk.id, after, PAGE)
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    done += await inTransaction(ctx, async (tx) => {
      const cancelled = await cancelUnclaimed(tx, ids)
      const tally = new Tally()
      tallyMessage(tally, { ...bulk, bulkId: bulk.id }, 'cancelled', ctx.clock.now(), cancelled)
      await tally.save(tx)
      return cancelled
    })
  }
  return done
}

/** Every row that was made has become something. */
async function isOver(ctx: Ctx, bulk: BulkRow): Promise<boolean> {
  let open = 0
  for (const { channel, state, n } of await tallyOfBulk(ctx.db.reader, bulk.id))
    if (channel === 'inbox') open += state === 'made' ? Number(n) : -Number(n)
  return open === 0
}
