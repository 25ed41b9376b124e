import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import * as shape from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { findAccount, keepPassword, lastPasswords, lockAccount, saveAccount } from './account-store'
import { giveBackTry, takeTry } from './guards'
import { hashPassword, passwordMatches } from './password-hash'
import { assertGoodPassword, passwordRule } from './password-rule'
import { endSessionsOf } from './session-store'

/**
 * Changes my password and ends my other sessions. The old one is asked for and counted like a sign-in, so that a
 * browser left open is no way to find it out. Errors: password_wrong, password_weak, password_used_before,
 * staff_locked.
 */
export async function changePassword(
  ctx: Ctx,
  input: { oldPassword: string; newPassword: string },
): Promise<{ done: true }> {
  const me = staffOf(ctx)
  const before = await findAccount(ctx.db.reader, me.id)
  if (!before) throw new AppError('unauthenticated')
  const tried = { loginName: before.loginName }
  const locked = await inTransaction(ctx, (tx) => takeTry(tx, ctx, tried))
  if (locked) throw locked
  if (!(await passwordMatches(before.passwordHash, input.oldPassword))) throw new AppError('password_wrong')
  await inTransaction(ctx, (tx) => giveBackTry(tx, ctx, tried, false))
  assertGoodPassword(ctx, input.newPassword, before)
  await assertNew(ctx, before, input.newPassword)
  const passwordHash = await hashPassword(input.newPassword)
  await inTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, me.id)
    if (!account || account.passwordHash !== before.passwordHash) throw new AppError('password_wrong')
    const now = ctx.clock.now()
    await saveAccount(tx, ctx, { ...account, passwordHash, passwordSetAt: now, mustChangePassword: 0 })
    await keepPassword(tx, { id: ctx.ids.next(), staffId: me.id, passwordHash, setAt: now })
    await endSessionsOf(tx, me.id, now, me.sessionId)
  })
  return shape.isDone
}

async function assertNew(
  ctx: Ctx,
  account: { readonly id: string; readonly passwordHash: string },
  password: string,
): Promise<void> {
  const { remembered } = passwordRule(ctx)
  const used = await lastPasswords(ctx.db.reader, account.id, remembered)
  for (const hash of new Set([account.passwordHash, ...used]))
    if (await passwordMatches(hash, password)) throw new AppError('password_used_before')
}
