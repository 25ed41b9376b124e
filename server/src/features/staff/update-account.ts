import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { factsOf } from './account'
import { type AccountInput, assertFits, assertNotLast } from './account-rules'
import { lockAccount, saveAccount } from './account-store'
import { viewAccount } from './account-view'
import type { StaffAccountRow } from './entities'
import type { StaffAccountView } from './schema'

/**
 * Changes an account; roles and scope count from its next request. Nobody changes what they may do themselves.
 * Errors: not_found, roles_conflict, own_account, last_security_admin, invalid_input.
 */
export async function updateAccount(
  ctx: Ctx,
  input: Omit<AccountInput, 'phone'> & {
    readonly staffId: string
    readonly phone?: string | null | undefined
  },
): Promise<{ account: StaffAccountView }> {
  return inTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, input.staffId)
    if (!account) throw new AppError('not_found')
    await assertFits(tx, ctx, input)
    if (staffOf(ctx).id === account.id && !hasSamePower(account, input)) throw new AppError('own_account')
    const losesAdmin =
      factsOf(account).roles.includes('security-admin') && !input.roles.includes('security-admin')
    if (losesAdmin) await assertNotLast(tx, account.id)
    const { companies, areaIds } = input.scope
    const saved = await saveAccount(tx, ctx, {
      ...account,
      name: input.name,
      phoneSealed: phoneAfter(ctx, account.phoneSealed, input.phone),
      roles: JSON.stringify([...new Set(input.roles)]),
      companies: companies === null ? null : JSON.stringify(companies),
      areaIds: areaIds === null ? null : JSON.stringify(areaIds),
      teamId: input.teamId,
      skills: JSON.stringify(input.skills),
    })
    return viewAccount(tx, ctx, saved)
  })
}

/** Null takes the number away; nothing leaves it as it is. */
function phoneAfter(ctx: Ctx, before: string | null, phone: string | null | undefined): string | null {
  if (phone === undefined) return before
  return phone === null ? null : ctx.vault.seal(phone)
}

function hasSamePower(account: StaffAccountRow, input: Pick<AccountInput, 'roles' | 'scope'>): boolean {
  const before = factsOf(account)
  const same = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
    JSON.stringify(a === null ? null : [...a].sort()) === JSON.stringify(b === null ? null : [...b].sort())
  return (
    same(before.roles, input.roles) &&
    same(before.companies, input.scope.companies) &&
    same(before.areaIds, input.scope.areaIds)
  )
}
