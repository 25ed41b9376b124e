import { z } from 'zod'
import { DAY_MS, shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import * as shape from '../../core/http/shapes'
import { backoff, enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob, defineSchedule } from '../../platforms/feature'
import { endAccount } from './end-account'
import { expireCopies } from './expire-copies'
import { makeCopy } from './make-copy'
import { retain } from './retain'
import { dueClosures, settleCopy } from './store'

const COPY_TRIES = 5
const MINUTE_MS = 60_000
const CLOSURES_AT_ONCE = 100

export const copyJob = defineJob({
  name: 'privacy.make-copy',
  payload: z.strictObject({ copyId: shape.id }),
  maxAttempts: COPY_TRIES,
  timeoutMs: 300_000,
  backoffMs: backoff(5_000, 600_000),
  run: async (ctx, { copyId }, job) => {
    try {
      await makeCopy(ctx, copyId)
    } catch (error) {
      if (job.attempt >= COPY_TRIES) {
        const failed = { state: 'failed', records: 0, readyAt: null, expiresAt: null } as const
        await inTransaction(ctx, (tx) => settleCopy(tx, copyId, failed))
      }
      throw error
    }
  },
})

/** The rules leave fifteen working days, so a storage that is away for a night costs nothing. */
export const closureJob = defineJob({
  name: 'privacy.end-account',
  payload: z.strictObject({ closureId: shape.id }),
  maxAttempts: 40,
  timeoutMs: 300_000,
  backoffMs: backoff(5_000, 3_600_000),
  run: (ctx, { closureId }) =>
    endAccount(ctx, closureId, AbortSignal.any([ctx.stopping, AbortSignal.timeout(290_000)])),
})

/** Each closure that is due gets one job a day; the job itself looks whether there is something to do. */
async function beginClosures(ctx: Ctx): Promise<void> {
  const day = shanghaiDay(ctx.clock.now())
  for (const { id } of await dueClosures(ctx.db.reader, ctx.clock.now(), CLOSURES_AT_ONCE))
    await inTransaction(ctx, (tx) => enqueue(tx, ctx, closureJob, { closureId: id }, { key: `${id}-${day}` }))
}

export const privacySchedules = [
  defineSchedule({ name: 'privacy.closures', everyMs: 5 * MINUTE_MS, run: beginClosures }),
  defineSchedule({ name: 'privacy.expire-copies', everyMs: 10 * MINUTE_MS, run: expireCopies }),
  defineSchedule({ name: 'privacy.retain', everyMs: DAY_MS, run: retain }),
]
