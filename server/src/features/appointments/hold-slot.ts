import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertReached } from '../households'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { keepPlace } from './keep-place'
import { findSlot } from './store'

interface Wish {
  readonly slotId: string
  readonly typeId: string
  readonly householdId?: string | undefined
}

/**
 * Keeps a place for a resident while the form is open; what they held for this type before is let go. Errors:
 * slot_gone when the last place went to somebody else or the span begins too soon, not_found.
 */
export async function holdSlot(ctx: Ctx, input: Wish): Promise<{ holdId: string; expiresAt: number }> {
  const { id: residentId } = residentOf(ctx)
  if (input.householdId !== undefined) await assertReached(ctx, residentId, [input.householdId])
  const slot = await findSlot(ctx.db.reader, input.slotId)
  if (!slot) throw new AppError('not_found')
  const { body } = await currentCatalogue(ctx, slot.companyId)
  const type = serviceTypeOf(body, input.typeId)
  if (!type || type.appointment === 'none') throw new AppError('not_found')
  const hold = { holderId: residentId, residentId, typeId: input.typeId, slot }
  return inTransaction(ctx, (tx) => keepPlace(tx, ctx, hold))
}
