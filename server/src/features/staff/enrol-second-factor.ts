import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findAccount } from './account-store'
import { beginChallenge, type Challenge } from './begin-challenge'
import { giveBackTry, takeTry } from './guards'
import { passwordMatches } from './password-hash'

/**
 * Begins a second factor of one's own free will, or the first half of a new one after a reset: `staff.confirmCode`
 * with the app's code ends it. The password is asked for again, so that a console left open enrols nobody else's
 * telephone. Errors: password_wrong, second_factor_there, staff_locked.
 */
export async function enrolSecondFactor(
  ctx: Ctx,
  input: { password: string },
): Promise<Extract<Challenge, { step: 'enrol' }>> {
  const account = await findAccount(ctx.db.reader, staffOf(ctx).id)
  if (!account) throw new AppError('unauthenticated')
  const tried = { loginName: account.loginName }
  const locked = await inTransaction(ctx, (tx) => takeTry(tx, ctx, tried))
  if (locked) throw locked
  if (!(await passwordMatches(account.passwordHash, input.password))) throw new AppError('password_wrong')
  return inTransaction(ctx, async (tx) => {
    await giveBackTry(tx, ctx, tried, false)
    const begun = await beginChallenge(tx, ctx, account)
    if (begun.step !== 'enrol') throw new AppError('second_factor_there')
    return begun
  })
}
