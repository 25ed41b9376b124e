import { type Ctx } from '../../platforms/context'
import { offeredSlots, prepareFor, type VisitWish } from '../appointments'
import { placesOfHouseholds } from '../households'
import { requestInScope } from './request-in-scope'
import { callersHousehold } from './callers-household'

/** What an agent wants a time for: a request that is there, or what a caller tells just now. */
export interface VisitFor {
  readonly requestId?: string | undefined
  readonly companyId: string
  readonly typeId: string
  readonly householdId?: string | undefined
}

/**
 * Free times for a visit, and what people should do before it: for a request, or for what is just being taken down.
 * Errors: not_found outside my scope.
 */
export async function listVisitSlots(
  ctx: Ctx,
  input: VisitFor,
): Promise<{ slots: Awaited<ReturnType<typeof offeredSlots>>; prepare: string }> {
  const wish = await visitWish(ctx, input)
  return { slots: await offeredSlots(ctx, wish), prepare: prepareFor(ctx, wish.companyId) }
}

/** What is to be visited, and where. Errors: not_found outside my scope. */
export async function visitWish(ctx: Ctx, input: VisitFor): Promise<VisitWish> {
  if (input.requestId !== undefined) {
    const { companyId, typeId, areaPath } = await requestInScope(ctx, input.requestId)
    return { companyId, typeId, areaPath: areaPath || undefined }
  }
  const { companyId, typeId } = input
  const householdId = await callersHousehold(ctx, input)
  if (householdId === null) return { companyId, typeId, areaPath: undefined }
  const place = (await placesOfHouseholds(ctx.db.reader, [householdId])).get(householdId)
  return { companyId, typeId, areaPath: place?.path }
}
