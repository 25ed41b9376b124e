import { placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type MinutesRunRow,
  minutesRunTable,
  type NoticeRow,
  type OutageMinutesRow,
  outageMinutesTable,
} from './entities'

type Restored = Pick<NoticeRow, 'id' | 'cutSince' | 'startsAt' | 'restoredAt'>

/** Restored outages whose minutes are not kept yet. */
export async function restoredWithoutMinutes(reader: Reader, limit: number): Promise<Restored[]> {
  return reader.query<Restored>(
    `SELECT id, cutSince, startsAt, restoredAt FROM notice
      WHERE state = 'restored' AND minutesKeptAt IS NULL AND cutsSupply = 1 ORDER BY id LIMIT ${limit}`,
  )
}

export async function findMinutesRun(reader: Reader, noticeId: string): Promise<MinutesRunRow | null> {
  const rows = await reader.query<MinutesRunRow>('SELECT * FROM outage_minutes_run WHERE noticeId = ?', [
    noticeId,
  ])
  return rows[0] ?? null
}

/** Every run that is under way, in one order for all who lock them. */
export async function lockRunningMinutes(tx: Tx): Promise<MinutesRunRow[]> {
  return tx.query<MinutesRunRow>(
    `SELECT * FROM outage_minutes_run WHERE state = 'running' ORDER BY noticeId${tx.forUpdate}`,
  )
}

/** What was kept of these households already, of whichever notice, that overlaps this span. */
export async function spansDuring(
  reader: Reader,
  householdIds: readonly string[],
  span: Pick<OutageMinutesRow, 'fromAt' | 'untilAt'>,
): Promise<Map<string, Pick<OutageMinutesRow, 'fromAt' | 'untilAt'>[]>> {
  const found = new Map<string, Pick<OutageMinutesRow, 'fromAt' | 'untilAt'>[]>()
  if (householdIds.length === 0) return found
  const rows = await reader.query<Pick<OutageMinutesRow, 'householdId' | 'fromAt' | 'untilAt'>>(
    `SELECT householdId, fromAt, untilAt FROM outage_minutes
      WHERE householdId IN (${placeholders(householdIds.length)}) AND fromAt < ? AND untilAt > ?`,
    [...householdIds, span.untilAt, span.fromAt],
  )
  for (const row of rows) found.set(row.householdId, [...(found.get(row.householdId) ?? []), row])
  return found
}

export async function insertMinutesRun(tx: Tx, row: MinutesRunRow): Promise<void> {
  await tx.insert(minutesRunTable, row)
}

export async function moveMinutesRun(
  tx: Tx,
  moved: Pick<MinutesRunRow, 'noticeId' | 'part' | 'cursorPath' | 'cursorId' | 'state' | 'movedAt'> & {
    households: number
    minutes: number
    countedMinutes: number
  },
): Promise<void> {
  await tx.execute(
    `UPDATE outage_minutes_run SET part = ?, cursorPath = ?, cursorId = ?, state = ?, movedAt = ?,
      households = households + ?, minutes = minutes + ?, countedMinutes = countedMinutes + ?, pages = pages + 1 WHERE noticeId = ?`,
    [
      moved.part,
      moved.cursorPath,
      moved.cursorId,
      moved.state,
      moved.movedAt,
      moved.households,
      moved.minutes,
      moved.countedMinutes,
      moved.noticeId,
    ],
  )
}

/** Which of these have minutes of this notice already: somebody moved house while they were being kept. */
export async function householdsWithMinutes(
  reader: Reader,
  noticeId: string,
  householdIds: readonly string[],
): Promise<Set<string>> {
  const rows = await reader.query<{ householdId: string }>(
    `SELECT householdId FROM outage_minutes WHERE noticeId = ? AND householdId IN (${placeholders(householdIds.length)})`,
    [noticeId, ...householdIds],
  )
  return new Set(rows.map(({ householdId }) => householdId))
}

export async function insertMinutes(tx: Tx, rows: readonly OutageMinutesRow[]): Promise<void> {
  await tx.insert(outageMinutesTable, rows)
}

export async function markMinutesKept(tx: Tx, noticeId: string, at: number): Promise<void> {
  await tx.execute('UPDATE notice SET minutesKeptAt = ? WHERE id = ?', [at, noticeId])
}

/** How long one household was without supply, outage by outage, the newest first. */
export async function minutesOfHousehold(
  reader: Reader,
  householdId: string,
  since: number,
  limit: number,
): Promise<OutageMinutesRow[]> {
  return reader.query<OutageMinutesRow>(
    `SELECT * FROM outage_minutes WHERE householdId = ? AND fromAt >= ? ORDER BY fromAt DESC LIMIT ${limit}`,
    [householdId, since],
  )
}
