import type { z } from 'zod'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay, householdsByIds, type HouseholdSummary } from '../households'
import { lookAtStops } from './look-at-stops'
import { presentCalculation } from './present'
import type { heatingOperations } from './schema'

type Answer = z.input<(typeof heatingOperations)['heating.planStopRefund']['output']>

/** What my home gets back for outages; null where there is nothing to give back. Errors: not_found for another's home. */
export async function planStopRefund(ctx: Ctx, input: { readonly householdId: string }): Promise<Answer> {
  const household = await ownHeatedHome(ctx, input.householdId)
  const looked = await lookAtStops(ctx.db.reader, ctx, household)
  return {
    shortAddress: household.shortAddress,
    calculation:
      looked === null
        ? null
        : presentCalculation(looked.refund, { ...looked.city, kind: 'stop', asOf: ctx.clock.now() }),
    asOf: ctx.clock.now(),
  }
}

/** A household of mine that its company heats. Errors: not_found, role_forbidden for a tenant. */
export async function ownHeatedHome(ctx: Ctx, householdId: string): Promise<HouseholdSummary> {
  await assertMay(ctx, residentOf(ctx).id, householdId, 'contract')
  const household = (await householdsByIds(ctx.db.reader, [householdId])).get(householdId)
  if (household === undefined || ctx.config.heating.companies[household.companyId] === undefined)
    throw new AppError('not_found', { detail: 'no heated household' })
  return household
}
