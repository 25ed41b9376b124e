import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { type MarkedHousehold, markedBelow, marksOf, placesOfHouseholds, rootsOf } from '../households'
import { type Audience, audienceOf } from './audience'
import { addCalls } from './call-store'

const ROWS_MAX = 500

/** Every marked household of an audience, once. */
export async function markedAmong(ctx: Ctx, audience: Audience): Promise<MarkedHousehold[]> {
  const { reader } = ctx.db
  const now = ctx.clock.now()
  const found = new Map<string, MarkedHousehold>()
  for (const one of await markedBelow(reader, rootsOf(audience.areas), now)) found.set(one.householdId, one)
  for (let start = 0; start < audience.householdIds.length; start += ROWS_MAX) {
    const some = audience.householdIds.slice(start, start + ROWS_MAX)
    for (const one of await marksOf(reader, some, now)) found.set(one.householdId, one)
  }
  return [...found.values()]
}

/** Writes the list of calls of a notice; run again it adds only who is missing. */
export async function collectCalls(ctx: Ctx, noticeId: string): Promise<void> {
  const marked = await markedAmong(ctx, await audienceOf(ctx.db.reader, noticeId))
  for (let start = 0; start < marked.length; start += ROWS_MAX) {
    const some = marked.slice(start, start + ROWS_MAX)
    const places = await placesOfHouseholds(
      ctx.db.reader,
      some.map(({ householdId }) => householdId),
    )
    await inTransaction(ctx, (tx) =>
      addCalls(
        tx,
        noticeId,
        some.map(({ householdId, marks }) => ({
          noticeId,
          householdId,
          mark: marks[0] ?? 'complained',
          state: 'open',
          note: '',
          areaPath: places.get(householdId)?.path ?? '',
          byStaff: null,
          at: null,
        })),
      ),
    )
  }
}

export const collectCallsJob = defineJob({
  name: 'notices.collect-calls',
  payload: z.strictObject({ noticeId: z.string() }),
  maxAttempts: 10,
  timeoutMs: 60_000,
  backoffMs: backoff(2_000, 60_000),
  run: (ctx, { noticeId }) => collectCalls(ctx, noticeId),
})
