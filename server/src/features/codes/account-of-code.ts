import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { findActiveCode } from './find-code'

/** The account number that a code in use stands for. It is told to nobody. Errors: code_unknown, code_revoked. */
export async function accountOfCode(
  ctx: Ctx,
  token: string,
  device: string,
): Promise<{ companyId: string; accountNo: string }> {
  const { householdId } = await findActiveCode(ctx, { token }, device)
  const household = (await householdsByIds(ctx.db.reader, [householdId])).get(householdId)
  if (household === undefined) throw new AppError('code_unknown', { detail: 'household of code' })
  return { companyId: household.companyId, accountNo: household.accountNo }
}
