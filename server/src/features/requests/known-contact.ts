import type { Ctx } from '../../platforms/context'
import { openPhoneOf } from '../identity'
import { ownNameOf } from '../households'
import { contactOf } from './contact'
import { lastNamedRequest } from './resident-store'

/**
 * Whom to call, as far as we know it already: as this person said it last, else the verified phone and the name on
 * file of a household that is their own. The form shows it masked, and leaving it untouched means it.
 */
export async function knownContact(
  ctx: Ctx,
  of: { readonly residentIds: readonly string[]; readonly householdId: string | null },
): Promise<{ name: string | null; phone: string | null }> {
  const { reader } = ctx.db
  const last = await lastNamedRequest(reader, of.residentIds)
  const said = last ? contactOf(ctx, last) : null
  const [residentId = ''] = of.residentIds
  return {
    name:
      said?.name ??
      (of.householdId === null
        ? null
        : await ownNameOf(reader, ctx, { householdId: of.householdId, residentIds: of.residentIds })),
    phone: said?.phone ?? (await openPhoneOf(reader, ctx, residentId)),
  }
}
