import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { factsOf } from './account'
import { assertNotLast, assertNotOwn } from './account-rules'
import { lockAccount, markAccountSeen, saveAccount, savePresence } from './account-store'
import { viewAccount } from './account-view'
import { openGuard } from './guards'
import type { StaffAccountView } from './schema'
import { endSessionsOf } from './session-store'

/**
 * Disables an account and ends its sessions, or lets it in again, also after too many wrong tries. Errors: not_found,
 * own_account, last_security_admin.
 */
export async function setAccountState(
  ctx: Ctx,
  input: { staffId: string; state: 'active' | 'disabled' },
): Promise<{ account: StaffAccountView }> {
  assertNotOwn(ctx, input.staffId)
  return inTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, input.staffId)
    if (!account) throw new AppError('not_found')
    const now = ctx.clock.now()
    if (input.state === 'disabled') {
      if (factsOf(account).roles.includes('security-admin')) await assertNotLast(tx, account.id)
      await endSessionsOf(tx, account.id, now, null)
      await savePresence(tx, account.id, 'offline')
    } else {
      await openGuard(tx, ctx, account.loginName)
      // Or it would be found unused, and disabled again, this very night.
      if (account.state === 'disabled') await markAccountSeen(tx, account.id, now)
    }
    return viewAccount(tx, ctx, await saveAccount(tx, ctx, { ...account, state: input.state }))
  })
}
