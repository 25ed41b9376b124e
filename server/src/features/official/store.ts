import type { Reader, Tx } from '../../core/db/database'
import {
  type OfficialEventRow,
  officialEventTable,
  type OfficialMenuRow,
  officialMenuTable,
  type OfficialMessageRow,
  officialMessageTable,
} from './entities'

/** Fails as a duplicate when this was delivered before. */
export async function insertEvent(tx: Tx, row: OfficialEventRow): Promise<void> {
  await tx.insert(officialEventTable, row)
}

export async function findEvent(reader: Reader, dedupe: string): Promise<OfficialEventRow | null> {
  const rows = await reader.query<OfficialEventRow>('SELECT * FROM official_event WHERE dedupe = ?', [dedupe])
  return rows[0] ?? null
}

/** Whether this person followed again after that moment: what says otherwise came late. */
export async function followedAfter(reader: Reader, personIndex: string, afterMs: number): Promise<boolean> {
  const rows = await reader.query(
    "SELECT 1 AS found FROM official_event WHERE personIndex = ? AND happenedAt > ? AND kind = 'follow' LIMIT 1",
    [personIndex, afterMs],
  )
  return rows.length > 0
}

/** Templates about whose permission this person decided again after that moment. */
export async function decidedAfter(
  reader: Reader,
  personIndex: string,
  afterMs: number,
): Promise<ReadonlySet<string>> {
  const rows = await reader.query<{ about: string | null }>(
    "SELECT about FROM official_event WHERE personIndex = ? AND happenedAt > ? AND kind = 'subscriptions'",
    [personIndex, afterMs],
  )
  return new Set(rows.flatMap(({ about }) => about?.split(',') ?? []))
}

/** True for the one who may answer; whoever comes second finds it taken. */
export async function beginAnswer(tx: Tx, dedupe: string, nowMs: number): Promise<boolean> {
  const begun = await tx.execute(
    'UPDATE official_event SET answeringAt = ? WHERE dedupe = ? AND answeringAt IS NULL AND doneAt IS NULL',
    [nowMs, dedupe],
  )
  return begun === 1
}

/** The platform asked us to come back: the answer has not left. */
export async function takeAnswerBack(tx: Tx, dedupe: string): Promise<void> {
  await tx.execute('UPDATE official_event SET answeringAt = NULL WHERE dedupe = ? AND doneAt IS NULL', [
    dedupe,
  ])
}

/** Nothing follows any more, so what the platform gave goes; the key stays against repeats. */
export async function endEvent(tx: Tx, dedupe: string, nowMs: number): Promise<void> {
  await tx.execute("UPDATE official_event SET doneAt = ?, eventSealed = '' WHERE dedupe = ?", [nowMs, dedupe])
}

export async function insertOfficialMessage(tx: Tx, row: OfficialMessageRow): Promise<void> {
  await tx.insert(officialMessageTable, row)
}

/** Everything that this person wrote, and what of them waits in events. */
export async function forgetPersonRows(tx: Tx, personIndex: string, nowMs: number): Promise<number> {
  await tx.execute(
    "UPDATE official_event SET eventSealed = '', doneAt = COALESCE(doneAt, ?) WHERE personIndex = ?",
    [nowMs, personIndex],
  )
  await tx.execute('DELETE FROM official_talk WHERE personIndex = ?', [personIndex])
  return tx.execute('DELETE FROM official_message WHERE personIndex = ?', [personIndex])
}

const AGES = {
  official_event: ['dedupe', 'receivedAt'],
  official_message: ['id', 'createdAt'],
  official_talk: ['personIndex', 'updatedAt'],
} as const

/** Deletes at most `limit` rows that are older; answers how many went. */
export async function deleteOldRows(
  tx: Tx,
  table: keyof typeof AGES,
  beforeMs: number,
  limit: number,
): Promise<number> {
  const [key, age] = AGES[table]
  const rows = await tx.query<{ k: string }>(
    `SELECT ${key} AS k FROM ${table} WHERE ${age} < ? ORDER BY ${age} LIMIT ${limit}`,
    [beforeMs],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `DELETE FROM ${table} WHERE ${key} IN (${rows.map(() => '?').join(',')})`,
    rows.map(({ k }) => k),
  )
}

export async function insertMenu(tx: Tx, row: OfficialMenuRow): Promise<void> {
  await tx.insert(officialMenuTable, row)
}

export async function newestMenu(reader: Reader): Promise<OfficialMenuRow | null> {
  const rows = await reader.query<OfficialMenuRow>('SELECT * FROM official_menu ORDER BY id DESC LIMIT 1')
  return rows[0] ?? null
}
