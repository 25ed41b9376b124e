import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { defineSchedule } from '../../platforms/feature'
import { endLostCalls } from './end-lost-calls'
import { deleteCalls } from './list-store'

const BATCH_ROWS = 500
const MOST_BATCHES = 40

export const endLostCallsEveryMinute = defineSchedule({
  name: 'calls.end-lost',
  everyMs: 60_000,
  run: (ctx) => endLostCalls(ctx),
})

export const forgetCallsHourly = defineSchedule({
  name: 'calls.forget',
  everyMs: 3_600_000,
  run: async (ctx, stopping) => {
    const before = ctx.clock.now() - ctx.config.calls.keepDays * DAY_MS
    for (let batch = 0; batch < MOST_BATCHES && !stopping.aborted; batch++)
      if ((await inTransaction(ctx, (tx) => deleteCalls(tx, before, BATCH_ROWS))) < BATCH_ROWS) break
  },
})
