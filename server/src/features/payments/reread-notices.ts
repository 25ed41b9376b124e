import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { unreadableNotices } from './queue-store'
import { receiveNotice } from './receive-notice'
import { setNoticeOutcome } from './store'

const KEPT_MS = 7 * 86_400_000
const BATCH = 50

/**
 * Tries again to open notices that were the platform's but that our key could not open, until they are a week old.
 * Once the right APIv3 key is configured they are posted from what was kept, whoever has stopped telling us (F19).
 */
export async function rereadNotices(ctx: Ctx): Promise<void> {
  const rows = await unreadableNotices(ctx.db.reader, ctx.clock.now() - KEPT_MS, BATCH)
  for (const row of rows) {
    const raw = ctx.vault.open(row.rawSealed)
    try {
      const notice = await ctx.platforms.payments[row.channel].reopenNotice(Buffer.from(raw, 'utf8'))
      const outcome = await receiveNotice(ctx, { channel: row.channel, notice, raw })
      await inTransaction(ctx, (tx) => setNoticeOutcome(tx, row.id, outcome))
    } catch (error) {
      if (!isAppError(error, 'undecryptable_notice')) throw error
    }
  }
}
