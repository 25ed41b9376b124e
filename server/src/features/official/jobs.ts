import { z } from 'zod'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import { defineJob, defineSchedule } from '../../platforms/feature'
import { followUpEvent } from './follow-up-event'
import { forgetPerson } from './forget-person'
import { deleteOldRows } from './store'

const payload = z.strictObject({ dedupe: z.string().regex(/^[0-9a-f]{64}$/) })

/** What an event asks for beyond the words that were said at once. */
export const followUp = defineJob({
  name: 'official.follow-up',
  payload,
  maxAttempts: 8,
  timeoutMs: 20_000,
  backoffMs: backoff(2_000, 600_000),
  run: (ctx, { dedupe }) => followUpEvent(ctx, dedupe),
})

/** Whoever unfollowed or took their authorization back; within a day in any case (security.md C12). */
export const forgetLater = defineJob({
  name: 'official.forget',
  payload,
  maxAttempts: 40,
  timeoutMs: 20_000,
  backoffMs: backoff(5_000, 1_800_000),
  run: (ctx, { dedupe }) => forgetPerson(ctx, dedupe),
})

/** The platform repeats within seconds; a week is for looking into a complaint. */
const EVENTS_KEPT_DAYS = 7
const BATCH_ROWS = 500
const MOST_BATCHES = 40

export const forgetOfficialRowsHourly = defineSchedule({
  name: 'official.forget-rows',
  everyMs: 3_600_000,
  run: async (ctx, stopping) => {
    const { keepDays } = ctx.config.official
    const kept = {
      official_event: EVENTS_KEPT_DAYS,
      official_message: keepDays,
      official_talk: keepDays,
    } as const
    for (const table of ['official_event', 'official_message', 'official_talk'] as const) {
      const before = ctx.clock.now() - kept[table] * DAY_MS
      for (let batch = 0; batch < MOST_BATCHES && !stopping.aborted; batch++) {
        const gone = await inTransaction(ctx, (tx) => deleteOldRows(tx, table, before, BATCH_ROWS))
        if (gone < BATCH_ROWS) break
      }
    }
  },
})
