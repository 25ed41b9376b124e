import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { type DeskHousehold, deskHouseholds } from '../households'
import { inScope } from '../staff'

/** A household of my companies and areas. Errors: not_found. */
export async function deskHousehold(ctx: Ctx, householdId: string): Promise<DeskHousehold> {
  const household = (await deskHouseholds(ctx, [householdId])).get(householdId)
  if (!household || !inScope(staffOf(ctx), household))
    throw new AppError('not_found', { detail: 'household out of scope' })
  return household
}
