import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type VisitBookingRow, visitBookingTable, type VisitSlotRow } from './entities'

/** A booking with the slot it is in. */
export type BookedVisit = VisitBookingRow &
  Pick<VisitSlotRow, 'day' | 'fromMinute' | 'toMinute' | 'startsAt' | 'endsAt' | 'capacity' | 'used'>

const WITH_SLOT = `SELECT b.*, s.day, s.fromMinute, s.toMinute, s.startsAt, s.endsAt, s.capacity, s.used
  FROM visit_booking b JOIN visit_slot s ON s.id = b.slotId`

export async function findSlot(reader: Reader, slotId: string): Promise<VisitSlotRow | null> {
  const [row] = await reader.query<VisitSlotRow>('SELECT * FROM visit_slot WHERE id = ?', [slotId])
  return row ?? null
}

/** Takes one place if there is one. The row is the lock: of fifty who try for the last place one matches. */
export async function takePlace(tx: Tx, slotId: string): Promise<boolean> {
  return (
    (await tx.execute('UPDATE visit_slot SET used = used + 1 WHERE id = ? AND used < capacity', [slotId])) ===
    1
  )
}

/** Gives one place back. */
async function givePlaceBack(tx: Tx, slotId: string): Promise<void> {
  await tx.execute('UPDATE visit_slot SET used = used - 1 WHERE id = ? AND used > 0', [slotId])
}

export function insertBooking(tx: Tx, row: VisitBookingRow): Promise<void> {
  return tx.insert(visitBookingTable, row)
}

/** The booking, locked until the transaction ends. */
export async function lockBooking(tx: Tx, id: string): Promise<VisitBookingRow | null> {
  const [row] = await tx.query<VisitBookingRow>(`SELECT * FROM visit_booking WHERE id = ?${tx.forUpdate}`, [
    id,
  ])
  return row ?? null
}

/** What somebody holds for this type now. */
export function heldBy(
  tx: Tx,
  who: { holderId: string; companyId: string; typeId: string },
): Promise<VisitBookingRow[]> {
  return tx.query(
    `SELECT * FROM visit_booking WHERE holderId = ? AND companyId = ? AND typeId = ? AND holdSlot = 1`,
    [who.holderId, who.companyId, who.typeId],
  )
}

/** Makes a held place a booked one; false when it is held no more. */
export async function bookHeld(
  tx: Tx,
  booking: {
    id: string
    residentId: string | null
    requestId: string
    requestNumber: string | null
    bookedAt: number
    remindAt: number | null
  },
): Promise<boolean> {
  const matched = await tx.execute(
    `UPDATE visit_booking SET state = 'booked', holdSlot = NULL, residentId = ?, requestId = ?, requestNumber = ?, activeRequestId = ?, bookedAt = ?, remindAt = ?
      WHERE id = ? AND state = 'held'`,
    [
      booking.residentId,
      booking.requestId,
      booking.requestNumber,
      booking.requestId,
      booking.bookedAt,
      booking.remindAt,
      booking.id,
    ],
  )
  return matched === 1
}

/** Ends a booking that is in `from` and gives its place back, once however often it is tried. */
export async function endBooking(
  tx: Tx,
  booking: Pick<VisitBookingRow, 'id' | 'slotId'>,
  from: 'held' | 'booked',
  to: 'freed' | 'expired',
): Promise<boolean> {
  const matched = await tx.execute(
    `UPDATE visit_booking SET state = ?, holdSlot = NULL, activeRequestId = NULL, remindAt = NULL
      WHERE id = ? AND state = ?`,
    [to, booking.id, from],
  )
  if (matched === 0) return false
  await givePlaceBack(tx, booking.slotId)
  return true
}

/** Holds whose time is over, the longest first. */
export function expiredHolds(
  reader: Reader,
  now: number,
  limit: number,
  slotId?: string,
): Promise<VisitBookingRow[]> {
  const ofSlot = slotId === undefined ? '' : ' AND slotId = ?'
  return reader.query(
    `SELECT * FROM visit_booking WHERE holdSlot = 1 AND heldUntil <= ?${ofSlot} ORDER BY heldUntil LIMIT ${limit}`,
    slotId === undefined ? [now] : [now, slotId],
  )
}

/** The visits these requests have now. */
export async function visitsOf(
  reader: Reader,
  requestIds: readonly string[],
): Promise<(BookedVisit & { activeRequestId: string })[]> {
  if (requestIds.length === 0) return []
  return reader.query(
    `${WITH_SLOT} WHERE b.activeRequestId IN (${placeholders(requestIds.length)})`,
    requestIds,
  )
}

/** Visits whose reminder is due. */
export function dueReminders(reader: Reader, now: number, limit: number): Promise<BookedVisit[]> {
  return reader.query(`${WITH_SLOT} WHERE b.remindAt <= ? ORDER BY b.remindAt LIMIT ${limit}`, [now])
}

/** Marks a reminder as given; true for the one who did it. */
export async function markReminded(tx: Tx, id: string): Promise<boolean> {
  return (
    (await tx.execute(
      "UPDATE visit_booking SET remindAt = NULL WHERE id = ? AND state = 'booked' AND remindAt IS NOT NULL",
      [id],
    )) === 1
  )
}
