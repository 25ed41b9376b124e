import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertBound } from '../households'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { endBooking, expiredHolds, findSlot, heldBy, insertBooking, takePlace } from './store'

interface Wish {
  readonly slotId: string
  readonly typeId: string
  readonly householdId?: string | undefined
}

/** Expired holds of one slot that are given back while somebody waits for its last place. */
const MOST_SWEPT = 50

/**
 * Keeps a place for a resident while the form is open; what they held for this type before is let go. Errors:
 * slot_gone when the last place went to somebody else or the span begins too soon, not_found.
 */
export async function holdSlot(ctx: Ctx, input: Wish): Promise<{ holdId: string; expiresAt: number }> {
  const { id: residentId } = residentOf(ctx)
  if (input.householdId !== undefined) await assertBound(ctx, residentId, [input.householdId])
  const slot = await findSlot(ctx.db.reader, input.slotId)
  if (!slot) throw new AppError('not_found')
  const { body } = await currentCatalogue(ctx, slot.companyId)
  const type = serviceTypeOf(body, input.typeId)
  if (!type || type.appointment === 'none') throw new AppError('not_found')
  const { noticeMinutes, holdMinutes } = ctx.config.appointments
  if (Number(slot.startsAt) < ctx.clock.now() + noticeMinutes * 60_000) throw new AppError('slot_gone')
  const hold = {
    residentId,
    companyId: slot.companyId,
    typeId: input.typeId,
    slotId: slot.id,
    heldUntil: ctx.clock.now() + holdMinutes * 60_000,
  }
  const holdId = await inTransaction(ctx, (tx) => keepPlace(tx, ctx, hold))
  return { holdId, expiresAt: hold.heldUntil }
}

async function keepPlace(
  tx: Tx,
  ctx: Ctx,
  hold: { residentId: string; companyId: string; typeId: string; slotId: string; heldUntil: number },
): Promise<string> {
  for (const before of await heldBy(tx, hold)) await endBooking(tx, before, 'held', 'freed')
  if (!(await takePlace(tx, hold.slotId)) && !(await takeExpired(tx, ctx, hold.slotId)))
    throw new AppError('slot_gone')
  const id = ctx.ids.next()
  const empty = {
    requestId: null,
    requestNumber: null,
    activeRequestId: null,
    bookedAt: null,
    remindAt: null,
  }
  try {
    await insertBooking(tx, { id, ...hold, ...empty, state: 'held', holdSlot: 1, createdAt: ctx.clock.now() })
  } catch (error) {
    // The same resident holds a place for the same thing on another telephone in this very moment.
    if (isDuplicate(error)) throw new AppError('busy', { message: '您刚在另一处选了时间，请稍等再选。' })
    throw error
  }
  return id
}

/** A full slot may be full of holds that ran out; the sweep comes later than the person who waits. */
async function takeExpired(tx: Tx, ctx: Ctx, slotId: string): Promise<boolean> {
  const over = await expiredHolds(tx, ctx.clock.now(), MOST_SWEPT, slotId)
  for (const hold of over) await endBooking(tx, hold, 'held', 'expired')
  return over.length > 0 && takePlace(tx, slotId)
}
