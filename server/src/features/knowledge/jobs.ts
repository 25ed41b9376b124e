import { DAY_MS, shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { defineSchedule, type Pump } from '../../platforms/feature'
import { freshShelf } from './search/shelf'
import { writeTally } from './tally'
import { forgetDays } from './tally-store'
import { tellOwners } from './tell-owners'

/** Every process has an index of its own and counts of its own: it keeps the one fresh and writes down the other. */
export const knowledgePump: Pump = {
  name: 'knowledge.keep',
  run: async (ctx) => {
    await freshShelf(ctx)
    return writeTally(ctx)
  },
}

export const tellOwnersHourly = defineSchedule({
  name: 'knowledge.tell-owners',
  everyMs: 3_600_000,
  run: tellOwners,
})

const MOST_BATCHES = 200

export const forgetCountsDaily = defineSchedule({
  name: 'knowledge.forget-counts',
  everyMs: DAY_MS,
  run: async (ctx, stopping) => {
    const before = shanghaiDay(ctx.clock.now() - ctx.config.knowledge.keepDays * DAY_MS)
    for (let batch = 0; batch < MOST_BATCHES && !stopping.aborted; batch++)
      if ((await inTransaction(ctx, (tx) => forgetDays(tx, before))) === 0) return
  },
})
