import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deleteExpired } from './session-store'
import { forgetGuestsBefore } from './store'

/**
 * How long rows stay after they expired: codes and tickets long enough to answer a complaint of the same day,
 * sessions long enough to see who was signed in when something is asked about last month.
 */
const KEPT_DAYS = { sms_code: 1, login_ticket: 1, scan_login: 1, resident_session: 30 } as const
/** A guest who did nothing is forgotten; one who paid or reported stays as the one who did. */
const GUESTS_KEPT_DAYS = 2
const BATCH_ROWS = 500
const MOST_BATCHES = 20

/** Deletes what is of no more use, in small transactions and with an upper bound per run. */
export async function forgetExpired(ctx: Ctx): Promise<void> {
  for (const table of ['sms_code', 'login_ticket', 'scan_login', 'resident_session'] as const) {
    const before = ctx.clock.now() - KEPT_DAYS[table] * DAY_MS
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const gone = await inTransaction(ctx, (tx) => deleteExpired(tx, table, before, BATCH_ROWS))
      if (gone < BATCH_ROWS) break
    }
  }
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const before = ctx.clock.now() - GUESTS_KEPT_DAYS * DAY_MS
    const looked = await inTransaction(ctx, (tx) => forgetGuestsBefore(tx, before, BATCH_ROWS))
    if (looked < BATCH_ROWS) break
  }
}
