import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { firstIdAt } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { deleteMessages, oldMessages } from './forget-store'

const PAGE = 500
const MOST_PAGES = 200

/**
 * Deletes messages and their attempts that were made `messages.keepDays` ago, in small transactions and with an upper
 * bound per turn: one notice to a city is more than a million rows. The counts of the tally stay.
 */
export async function forgetMessages(ctx: Ctx, stopping: AbortSignal): Promise<void> {
  const before = firstIdAt(ctx.clock.now() - ctx.config.messages.keepDays * DAY_MS)
  for (let page = 0; page < MOST_PAGES && !stopping.aborted; page++) {
    const ids = await oldMessages(ctx.db.reader, before, PAGE)
    if (ids.length === 0) return
    await inTransaction(ctx, (tx) => deleteMessages(tx, ids))
  }
}

export const forgetMessagesHourly = defineSchedule({
  name: 'messages.forget-old',
  everyMs: 3_600_000,
  run: forgetMessages,
})
