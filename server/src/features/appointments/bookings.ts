import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { isDuplicate, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { presentAppointment } from './present'
import type { AppointmentView } from './schema'
import { bookHeld, endBooking, findSlot, lockBooking, visitsOf } from './store'

interface Confirmed {
  readonly holdId: string
  /** Whom the visit is for; null for a caller. */
  readonly residentId: string | null
  /** Who held the time, where it was not the resident. */
  readonly holderId?: string
  readonly requestId: string
  /** The request's own; a time that was held for something else is not its visit. */
  readonly companyId: string
  readonly typeId: string
  /** What the reminder calls the request, such as BX20261122-000123. */
  readonly number?: string
}

/** From when to when the visit is. */
export interface VisitTime {
  readonly startsAt: number
  readonly endsAt: number
}

/**
 * Makes a hold the visit of a request, in the request's own transaction. A visit the request had before is
 * let go. Confirming the same hold for the same request again changes nothing. Errors: slot_gone when the hold is not
 * theirs, is of another company or type, was let go, or its time has begun. Answers when the visit is.
 */
export async function confirmHold(tx: Tx, ctx: Ctx, confirmed: Confirmed): Promise<VisitTime> {
  const { holdId, residentId, requestId, companyId, typeId, number } = confirmed
  const holderId = confirmed.holderId ?? residentId
  const booking = await lockBooking(tx, holdId)
  if (!booking || booking.holderId !== holderId) throw new AppError('slot_gone')
  if (booking.companyId !== companyId || booking.typeId !== typeId) throw new AppError('slot_gone')
  const slot = await findSlot(tx, booking.slotId)
  if (booking.state === 'booked' && booking.requestId === requestId && slot) return timeOf(slot)
  const now = ctx.clock.now()
  // A hold that ran out but was not swept up still has its place, and its resident is here: it counts.
  if (booking.state !== 'held' || !slot || Number(slot.startsAt) <= now) throw new AppError('slot_gone')
  await freeAppointment(tx, ctx, requestId)
  const remindAt = reminderOf(ctx, slot.day)
  try {
    const booked = await bookHeld(tx, {
      id: holdId,
      residentId,
      requestId,
      requestNumber: number ?? null,
      bookedAt: now,
      remindAt: remindAt > now ? remindAt : null,
    })
    if (!booked) throw new AppError('slot_gone')
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('slot_gone')
    throw error
  }
  return timeOf(slot)
}

function timeOf({ startsAt, endsAt }: VisitTime): VisitTime {
  return { startsAt: Number(startsAt), endsAt: Number(endsAt) }
}

/** When a visit of this day is spoken of: the evening before, in Shanghai. */
function reminderOf(ctx: Ctx, day: string): number {
  return shanghaiDayStart(day) - DAY_MS + ctx.config.appointments.remindMinute * 60_000
}

/** Lets the visit of a request go, where it has one. No limit is asked: cancelling and resolving come here, too. */
export async function freeAppointment(tx: Tx, _ctx: Ctx, requestId: string): Promise<void> {
  for (const visit of await visitsOf(tx, [requestId])) await endBooking(tx, visit, 'booked', 'freed')
}

/**
 * A resident's own change: another slot that they hold, or none (null). Answers when the visit is now. Errors: appointment_fixed when the visit is
 * nearer than the limit, slot_gone.
 */
export async function changeAppointment(
  tx: Tx,
  ctx: Ctx,
  change: Omit<Confirmed, 'holdId'> & { readonly holdId: string | null },
): Promise<VisitTime | null> {
  const [visit] = await visitsOf(tx, [change.requestId])
  if (visit && !presentAppointment(ctx, visit).mayChange) throw new AppError('appointment_fixed')
  if (change.holdId === null) {
    await freeAppointment(tx, ctx, change.requestId)
    return null
  }
  return confirmHold(tx, ctx, { ...change, holdId: change.holdId })
}

/** The visits of these requests; requests without one are left out. Inside a transaction its `tx` reads. */
export async function appointmentOf(
  ctx: Ctx,
  requestIds: readonly string[],
  reader: Reader = ctx.db.reader,
): Promise<Map<string, AppointmentView>> {
  const visits = await visitsOf(reader, requestIds)
  return new Map(visits.map((visit) => [visit.activeRequestId, presentAppointment(ctx, visit)]))
}
