import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { expireBefore } from './store'

const BATCH_ROWS = 500

/** Ends the numbers of earlier days; how long they are kept is declared in personal.ts. */
export async function endDays(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const now = ctx.clock.now()
  const batch = (): Promise<number> =>
    inTransaction(ctx, (tx) => expireBefore(tx, shanghaiDay(now), now, BATCH_ROWS))
  while ((await batch()) === BATCH_ROWS) if (stopping?.aborted) return
}

export const outletsSchedules = [
  defineSchedule({ name: 'outlets.end-days', everyMs: 3_600_000, run: endDays }),
]
