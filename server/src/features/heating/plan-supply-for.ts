import type { Ctx } from '../../platforms/context'
import { type Asked, assertDeskHome, presentPlan } from './plan-supply'

/** The page before applying, read out to a caller at the desk. Errors as of planning; not_found out of scope. */
export async function planSupplyFor(ctx: Ctx, input: Asked) {
  await assertDeskHome(ctx, input.householdId)
  return presentPlan(ctx, input)
}
