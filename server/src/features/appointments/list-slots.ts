import type { z } from 'zod'
import { companyOf } from '../../core/config/companies'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertReached, placesOfHouseholds } from '../households'
import { offeredSlots, prepareFor } from './offered-slots'
import type { appointmentsOperations } from './schema'

type Answer = z.input<(typeof appointmentsOperations)['slots.list']['output']>

/**
 * Free times for a visit of this type at this household. Where several teams could come, each span is offered once,
 * by the team with the most places left. Errors: not_found for a company, or a household that is not the resident's.
 */
export async function listSlots(
  ctx: Ctx,
  input: { companyId: string; typeId: string; householdId?: string | undefined },
): Promise<Answer> {
  const { id: residentId } = residentOf(ctx)
  const company = companyOf(ctx, input.companyId)
  if (input.householdId !== undefined) await assertReached(ctx, residentId, [input.householdId])
  const { reader } = ctx.db
  const place =
    input.householdId === undefined
      ? undefined
      : (await placesOfHouseholds(reader, [input.householdId])).get(input.householdId)
  const slots = await offeredSlots(ctx, {
    companyId: company.id,
    typeId: input.typeId,
    areaPath: place?.path,
  })
  return { slots, prepare: prepareFor(ctx, company.id) }
}
