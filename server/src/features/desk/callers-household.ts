import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds, householdIdsByAccountNo } from '../households'
import { inScope } from '../staff'
import { inboxScope } from './inbox-query'

/**
 * The household somebody calls about, when it is within my scope; null where they named none. Errors: not_found,
 * invalid_input for an account number that nobody has, or where whoever sees some areas only names no household.
 */
export async function callersHousehold(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly householdId?: string | undefined
    readonly accountNo?: string | undefined
  },
): Promise<string | null> {
  const { companyId, accountNo } = input
  const staff = staffOf(ctx)
  if (inboxScope(ctx, companyId).companies.length === 0)
    throw new AppError('not_found', { detail: 'company out of scope' })
  const [id] =
    input.householdId === undefined && accountNo !== undefined
      ? await householdIdsByAccountNo(ctx.db.reader, [companyId], accountNo)
      : [input.householdId]
  if (id === undefined) {
    if (accountNo !== undefined) throw wrong('accountNo', '没有这个户号，请核对')
    // Whoever sees some areas only could not even see what they have taken.
    if (staff.areaPaths !== null) throw wrong('householdId', '您只负责部分区域，请先选好是哪一户')
    return null
  }
  const household = (await deskHouseholds(ctx, [id])).get(id)
  if (!household || household.companyId !== companyId || !inScope(staff, household))
    throw new AppError('not_found', { detail: 'household out of scope' })
  return id
}

function wrong(path: string, message: string): AppError {
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path, message }] })
}
