import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { keepPlace, releaseHeld, slotFor } from '../appointments'
import { visitWish } from './list-visit-slots'

/**
 * Keeps a time for a caller while their request is taken down; what I held for this type before is let go. Without a
 * slot it only lets go. Errors: not_found outside my scope, slot_gone.
 */
export async function holdVisit(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly typeId: string
    readonly householdId?: string | undefined
    readonly slotId: string | null
  },
): Promise<{ hold: { holdId: string; expiresAt: number } | null }> {
  const { id: holderId } = staffOf(ctx)
  const wish = await visitWish(ctx, input)
  const { companyId, typeId } = wish
  if (input.slotId === null) {
    await inTransaction(ctx, (tx) => releaseHeld(tx, { holderId, companyId, typeId }))
    return { hold: null }
  }
  const slot = await slotFor(ctx.db.reader, ctx, { ...wish, slotId: input.slotId })
  const hold = await inTransaction(ctx, (tx) =>
    keepPlace(tx, ctx, { holderId, residentId: null, typeId, slot }),
  )
  return { hold }
}
