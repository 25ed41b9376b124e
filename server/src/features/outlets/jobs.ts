import { DAY_MS, shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { type Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { deleteBefore, expireBefore } from './store'

/** Whoever stood in which queue is of no use to anybody after this. */
const KEPT_DAYS = 30
const BATCH_ROWS = 500

/** Ends the numbers of earlier days, and forgets those of a month ago. */
export async function endDays(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const now = ctx.clock.now()
  const batches = [
    () => inTransaction(ctx, (tx) => expireBefore(tx, shanghaiDay(now), now, BATCH_ROWS)),
    () => inTransaction(ctx, (tx) => deleteBefore(tx, shanghaiDay(now - KEPT_DAYS * DAY_MS), BATCH_ROWS)),
  ]
  for (const batch of batches)
    while ((await batch()) === BATCH_ROWS) {
      if (stopping?.aborted) return
    }
}

export const outletsSchedules = [
  defineSchedule({ name: 'outlets.end-days', everyMs: 3_600_000, run: endDays }),
]
