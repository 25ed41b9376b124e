import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { hasAnyAccount } from './account-store'
import { beginChallenge } from './begin-challenge'
import { giveBackTry, takeTry } from './guards'
import { makeAccount } from './make-account'
import { hashPassword } from './password-hash'
import { assertGoodPassword } from './password-rule'
import type { SignInAnswer } from './present'
import { takeSetUpCode } from './session-store'

/**
 * Makes the first security administrator, who then enrols a second factor. Wrong codes count against the address.
 * Errors: set_up_refused, staff_locked, password_weak.
 */
export async function setUpStaff(
  ctx: Ctx,
  input: { setUpCode: string; loginName: string; name: string; password: string },
): Promise<SignInAnswer> {
  assertGoodPassword(ctx, input.password, input)
  const locked = await inTransaction(ctx, (tx) => takeTry(tx, ctx, { loginName: null }))
  if (locked) throw locked
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, async (tx) => {
    const codeHash = sha256(input.setUpCode.trim().toLowerCase())
    // The row of the code is the lock: of two who hold it, one makes the account.
    const isRight = await takeSetUpCode(tx, codeHash, ctx.clock.now())
    if (!isRight || (await hasAnyAccount(tx))) throw new AppError('set_up_refused')
    await giveBackTry(tx, ctx, { loginName: null }, false)
    const account = await makeAccount(tx, ctx, {
      loginName: input.loginName,
      name: input.name,
      phone: null,
      roles: ['security-admin'],
      companies: null,
      areaIds: null,
      teamId: null,
      skills: [],
      passwordHash,
      oneTime: false,
      totpSecret: null,
    })
    await recordAudit(tx, ctx, {
      action: 'staff.setUp',
      actor: `staff:${account.id}`,
      object: `staff:${account.id}`,
    })
    return beginChallenge(tx, ctx, account)
  })
}
