import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { assertBound, type DeskHousehold, deskHouseholds } from '../households'
import { inScope } from '../staff'
import type { ConversationRow } from './entities'

/**
 * A household that the resident of this conversation has bound now and that I may see. Errors: not_found.
 */
export async function householdForChat(
  ctx: Ctx,
  conversation: Pick<ConversationRow, 'residentId' | 'companyId'>,
  householdId: string,
): Promise<DeskHousehold> {
  const nothing = new AppError('not_found', { detail: 'household of somebody else' })
  if (conversation.residentId === null) throw nothing
  await assertBound(ctx, conversation.residentId, [householdId])
  const household = (await deskHouseholds(ctx, [householdId])).get(householdId)
  if (!household || !inScope(staffOf(ctx), household)) throw nothing
  if (household.companyId !== conversation.companyId) throw nothing
  return household
}
