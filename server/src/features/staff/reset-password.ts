import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { assertNotOwn } from './account-rules'
import { lockAccount, saveAccount } from './account-store'
import { openGuard } from './guards'
import { hashPassword, randomPassword } from './password-hash'
import { endSessionsOf } from './session-store'

/**
 * Gives an account a password that works once and ends its sessions; the second factor stays unless it is told to be
 * forgotten. Errors: not_found, own_account.
 */
export async function resetPassword(
  ctx: Ctx,
  input: { staffId: string; forgetSecondFactor: boolean },
): Promise<{ oneTimePassword: string }> {
  assertNotOwn(ctx, input.staffId)
  const oneTimePassword = randomPassword(ctx)
  const passwordHash = await hashPassword(oneTimePassword)
  await inTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, input.staffId)
    if (!account) throw new AppError('not_found')
    const now = ctx.clock.now()
    await saveAccount(tx, ctx, {
      ...account,
      passwordHash,
      passwordSetAt: now,
      mustChangePassword: 1,
      totpSealed: input.forgetSecondFactor ? null : account.totpSealed,
    })
    await openGuard(tx, ctx, account.loginName)
    await endSessionsOf(tx, account.id, now, null)
  })
  return { oneTimePassword }
}
