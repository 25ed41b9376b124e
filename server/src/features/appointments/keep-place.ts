import { isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { VisitSlotRow } from './entities'
import { releaseHeld } from './release-held'
import { endBooking, expiredHolds, insertBooking, takePlace } from './store'

/** Expired holds of one slot that are given back while somebody waits for its last place. */
const MOST_SWEPT = 50

/**
 * Takes a place and holds it for whoever fills in a form; what they held for this type before is let go. Errors:
 * slot_gone when the last place went to somebody else or the span begins too soon.
 */
export async function keepPlace(
  tx: Tx,
  ctx: Ctx,
  wish: {
    readonly holderId: string
    readonly residentId: string | null
    readonly typeId: string
    readonly slot: Pick<VisitSlotRow, 'id' | 'companyId' | 'startsAt'>
  },
): Promise<{ holdId: string; expiresAt: number }> {
  const { noticeMinutes, holdMinutes } = ctx.config.appointments
  const { slot, holderId, residentId, typeId } = wish
  if (Number(slot.startsAt) < ctx.clock.now() + noticeMinutes * 60_000) throw new AppError('slot_gone')
  const heldUntil = ctx.clock.now() + holdMinutes * 60_000
  const hold = { holderId, residentId, companyId: slot.companyId, typeId, slotId: slot.id, heldUntil }
  await releaseHeld(tx, hold)
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
    // The same person holds a place for the same thing on another screen in this very moment.
    if (isDuplicate(error)) throw new AppError('busy', { message: '您刚在另一处选了时间，请稍等再选。' })
    throw error
  }
  return { holdId: id, expiresAt: heldUntil }
}

/** A full slot may be full of holds that ran out; the sweep comes later than the person who waits. */
async function takeExpired(tx: Tx, ctx: Ctx, slotId: string): Promise<boolean> {
  const over = await expiredHolds(tx, ctx.clock.now(), MOST_SWEPT, slotId)
  for (const hold of over) await endBooking(tx, hold, 'held', 'expired')
  return over.length > 0 && takePlace(tx, slotId)
}
