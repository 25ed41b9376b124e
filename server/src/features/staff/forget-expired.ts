import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deleteOld } from './session-store'

const BATCH_ROWS = 500
const MOST_BATCHES = 20

/** How long each kind of row is kept after it is over: long enough to look into a complaint, the audit has the rest. */
const KEPT_MS = {
  staff_session: 30 * DAY_MS,
  staff_challenge: DAY_MS,
  staff_bind_code: DAY_MS,
  staff_guard: 2 * DAY_MS,
} as const

/** Deletes sessions, challenges, codes and counters that are over, in small transactions. */
export async function forgetExpired(ctx: Ctx): Promise<void> {
  for (const table of Object.keys(KEPT_MS) as (keyof typeof KEPT_MS)[]) {
    const before = ctx.clock.now() - KEPT_MS[table]
    for (let batch = 0; batch < MOST_BATCHES; batch++)
      if ((await inTransaction(ctx, (tx) => deleteOld(tx, table, before, BATCH_ROWS))) < BATCH_ROWS) break
  }
}
