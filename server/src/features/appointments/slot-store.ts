import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type VisitDayRow, visitDayTable, type VisitSlotRow, visitSlotTable } from './entities'

/** A slot with what is held in it; `stale` are holds whose time is over but whose place was not given back yet. */
export type CountedSlot = VisitSlotRow & { held: number; stale: number }

/** The days of these that have their spans already, as `teamId day`. */
export async function plannedDays(
  reader: Reader,
  teamIds: readonly string[],
  days: { from: string; to: string },
): Promise<Set<string>> {
  if (teamIds.length === 0) return new Set()
  const rows = await reader.query<Pick<VisitDayRow, 'teamId' | 'day'>>(
    `SELECT teamId, day FROM visit_day WHERE teamId IN (${placeholders(teamIds.length)}) AND day >= ? AND day <= ?`,
    [...teamIds, days.from, days.to],
  )
  return new Set(rows.map((row) => `${row.teamId} ${row.day}`))
}

export function insertDay(tx: Tx, row: VisitDayRow): Promise<void> {
  return tx.insert(visitDayTable, row)
}

/** Locks a team's day, so that two who set its spans do so one after the other. */
export async function lockDay(tx: Tx, teamId: string, day: string): Promise<boolean> {
  const rows = await tx.query(`SELECT teamId FROM visit_day WHERE teamId = ? AND day = ?${tx.forUpdate}`, [
    teamId,
    day,
  ])
  return rows.length > 0
}

export async function markByHand(tx: Tx, teamId: string, day: string): Promise<void> {
  await tx.execute('UPDATE visit_day SET byHand = 1 WHERE teamId = ? AND day = ?', [teamId, day])
}

export function insertSlots(tx: Tx, rows: readonly VisitSlotRow[]): Promise<void> {
  return tx.insert(visitSlotTable, rows)
}

/** The slots of one team and day, locked. */
export function lockSlots(tx: Tx, teamId: string, day: string): Promise<VisitSlotRow[]> {
  return tx.query(
    `SELECT * FROM visit_slot WHERE teamId = ? AND day = ? ORDER BY fromMinute${tx.forUpdate}`,
    [teamId, day],
  )
}

/** Sets a span's end and places; false when more are used by now. */
export async function changeSlot(
  tx: Tx,
  slot: Pick<VisitSlotRow, 'id' | 'toMinute' | 'endsAt' | 'capacity'>,
): Promise<boolean> {
  return (
    (await tx.execute(
      'UPDATE visit_slot SET toMinute = ?, endsAt = ?, capacity = ? WHERE id = ? AND used <= ?',
      [slot.toMinute, slot.endsAt, slot.capacity, slot.id, slot.capacity],
    )) === 1
  )
}

/** Takes a span away that nobody uses; false when somebody does. */
export async function deleteSlot(tx: Tx, id: string): Promise<boolean> {
  return (await tx.execute('DELETE FROM visit_slot WHERE id = ? AND used = 0', [id])) === 1
}

/** Slots of these teams between two days, with counts, in order of time. */
export async function slotsBetween(
  reader: Reader,
  teamIds: readonly string[],
  days: { from: string; to: string },
  now: number,
): Promise<CountedSlot[]> {
  if (teamIds.length === 0) return []
  return reader.query(
    `SELECT s.*,
        (SELECT COUNT(*) FROM visit_booking b WHERE b.slotId = s.id AND b.state = 'held' AND b.heldUntil > ?) AS held,
        (SELECT COUNT(*) FROM visit_booking b WHERE b.slotId = s.id AND b.state = 'held' AND b.heldUntil <= ?) AS stale
      FROM visit_slot s
      WHERE s.teamId IN (${placeholders(teamIds.length)}) AND s.day >= ? AND s.day <= ?
      ORDER BY s.startsAt, s.teamId`,
    [now, now, ...teamIds, days.from, days.to],
  )
}
