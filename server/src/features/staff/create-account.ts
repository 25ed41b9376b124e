import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { type AccountInput, assertFits } from './account-rules'
import { viewAccount } from './account-view'
import { makeAccount } from './make-account'
import { hashPassword, randomPassword } from './password-hash'
import type { StaffAccountView } from './schema'

/**
 * Makes an account with a password that works once and must be changed. Errors: login_name_taken, roles_conflict,
 * invalid_input.
 */
export async function createAccount(
  ctx: Ctx,
  input: AccountInput & { readonly loginName: string },
): Promise<{ account: StaffAccountView; oneTimePassword: string }> {
  const oneTimePassword = randomPassword(ctx)
  const passwordHash = await hashPassword(oneTimePassword)
  try {
    return await inTransaction(ctx, async (tx) => {
      await assertFits(tx, ctx, input)
      const made = await makeAccount(tx, ctx, {
        loginName: input.loginName,
        name: input.name,
        phone: input.phone,
        roles: [...new Set(input.roles)],
        companies: input.scope.companies,
        areaIds: input.scope.areaIds,
        teamId: input.teamId,
        skills: input.skills,
        passwordHash,
        oneTime: true,
        totpSecret: null,
      })
      return { ...(await viewAccount(tx, ctx, made)), oneTimePassword }
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('login_name_taken')
    throw error
  }
}
