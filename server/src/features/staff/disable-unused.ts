import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { saveAccount, unusedAccounts } from './account-store'
import { factsOf } from './account'
import { endSessionsOf } from './session-store'

/**
 * Disables accounts that nobody has used for `staff.unusedDays` (等保 8.1.4.2). A security administrator stays, or a
 * portal that nobody administers for a season could never be administered again.
 */
export async function disableUnused(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    const accounts = await unusedAccounts(tx, now - ctx.config.staff.unusedDays * DAY_MS)
    for (const account of accounts) {
      if (factsOf(account).roles.includes('security-admin')) continue
      await saveAccount(tx, ctx, { ...account, state: 'disabled' })
      await endSessionsOf(tx, account.id, now, null)
      await recordAudit(tx, ctx, { action: 'staff.disableUnused', object: `staff:${account.id}` })
    }
  })
}
