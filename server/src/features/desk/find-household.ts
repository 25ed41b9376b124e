import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findDeskHouseholds } from '../households'
import { inScope } from '../staff'
import { householdPanel } from './household-panel'
import { inboxScope } from './inbox-query'
import type { DeskRequest } from './schema'

type Panel = NonNullable<DeskRequest['household']>

/** Households of a caller, by account number or address, in my scope; at most ten. Errors: not_found. */
export async function findHousehold(ctx: Ctx, input: { companyId: string; q: string }): Promise<Panel[]> {
  const { companyId, q } = input
  if (inboxScope(ctx, companyId).companies.length === 0)
    throw new AppError('not_found', { detail: 'company out of scope' })
  const staff = staffOf(ctx)
  const mayBeAt = (areaPath: string): boolean => inScope(staff, { companyId, areaPath })
  const found = await findDeskHouseholds(ctx, { companyId, q, mayBeAt })
  return Promise.all(found.map((household) => householdPanel(ctx, household, null)))
}
