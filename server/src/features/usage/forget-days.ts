import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { deleteDays, oldDays } from './day-store'
import { addDays } from './periods'

const PAGE = 500
const MOST_PAGES = 400

/** Deletes days that are older than they are kept, in small transactions and with an upper bound per turn. */
export async function forgetDays(ctx: Ctx, stopping: AbortSignal): Promise<void> {
  const before = addDays(shanghaiDay(ctx.clock.now()), -ctx.config.usage.daysKept)
  for (let page = 0; page < MOST_PAGES && !stopping.aborted; page++) {
    const rows = await oldDays(ctx.db.reader, before, PAGE)
    if (rows.length === 0) return
    await inTransaction(ctx, async (tx) => {
      for (const day of new Set(rows.map((row) => row.day)))
        await deleteDays(
          tx,
          day,
          rows.flatMap((row) => (row.day === day ? [row.householdId] : [])),
        )
    })
  }
}

export const forgetDaysHourly = defineSchedule({
  name: 'usage.forget-days',
  everyMs: 3_600_000,
  run: forgetDays,
})
