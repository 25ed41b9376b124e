import { recordAudit } from '../../core/audit'
import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { findAccountByWallet, lockAccount, saveAccount } from './account-store'
import { giveBackTry, takeTry } from './guards'
import { takeBindCode } from './session-store'
import { findTeam } from './team-store'

/**
 * Binds the wallet I am signed in with to the account whose code this is: one wallet for one account, and the newer
 * wallet takes the place of the older. Tries are counted. Errors: bind_code_wrong, wallet_taken, staff_locked.
 */
export async function bindWallet(
  ctx: Ctx,
  input: { code: string },
): Promise<{ name: string; teamName: string | null }> {
  const me = residentOf(ctx)
  const tried = { loginName: `wallet/${me.id}` }
  const locked = await inTransaction(ctx, (tx) => takeTry(tx, ctx, tried))
  if (locked) throw locked
  try {
    return await inTransaction(ctx, async (tx) => {
      const staffId = await takeBindCode(tx, sha256(input.code), ctx.clock.now())
      const account = staffId === null ? null : await lockAccount(tx, staffId)
      if (account?.state !== 'active') throw new AppError('bind_code_wrong')
      const mine = await findAccountByWallet(tx, me.id)
      if (mine && mine.id !== account.id) throw new AppError('wallet_taken')
      await saveAccount(tx, ctx, { ...account, walletResidentId: me.id })
      await giveBackTry(tx, ctx, tried, true)
      await recordAudit(tx, ctx, { action: 'staff.bindWallet', object: `staff:${account.id}` })
      const team = account.teamId === null ? null : await findTeam(tx, account.teamId)
      return { name: account.name, teamName: team?.name ?? null }
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('wallet_taken')
    throw error
  }
}
