import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { goOffline } from './account-store'

const CONSOLE_SILENT_MS = 10 * 60_000
const FIELD_SILENT_MS = 12 * 3_600_000

/** Whoever has asked for nothing for long does not take work, whatever they said before they left. */
export async function markAwayOffline(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const seenBefore = { console: now - CONSOLE_SILENT_MS, field: now - FIELD_SILENT_MS }
  await inTransaction(ctx, (tx) => goOffline(tx, seenBefore))
}
