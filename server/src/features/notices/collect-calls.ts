import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { placesOfHouseholds } from '../households'
import { markedOfNotice } from './audience'
import { addCalls } from './call-store'

const ROWS_MAX = 500

/** Writes the list of calls of a notice; run again it adds only who is missing. */
export async function collectCalls(ctx: Ctx, noticeId: string): Promise<void> {
  const marked = await markedOfNotice(ctx.db.reader, noticeId, ctx.clock.now())
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
