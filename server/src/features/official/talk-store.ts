import { isDuplicate, type Reader, type Tx } from '../../core/db/database'
import { type OfficialMessageRow, type OfficialTalkRow, officialTalkTable } from './entities'

/** SQL over those who write to our accounts, and over what they wrote and nobody has taken yet. */

export async function findTalk(reader: Reader, personIndex: string): Promise<OfficialTalkRow | null> {
  const rows = await reader.query<OfficialTalkRow>('SELECT * FROM official_talk WHERE personIndex = ?', [
    personIndex,
  ])
  return rows[0] ?? null
}

/** Where somebody can be answered who wrote just now. */
export async function noteTalk(
  tx: Tx,
  row: Omit<OfficialTalkRow, 'isLive' | 'sessionFrom'> & { readonly sessionFrom?: string },
): Promise<void> {
  const { sessionFrom, ...rest } = row
  const update = (): Promise<number> =>
    tx.execute(
      'UPDATE official_talk SET openidSealed = ?, sessionFrom = COALESCE(?, sessionFrom), updatedAt = ? WHERE personIndex = ?',
      [row.openidSealed, sessionFrom ?? null, row.updatedAt, row.personIndex],
    )
  if ((await update()) > 0) return
  try {
    await tx.insert(officialTalkTable, { ...rest, sessionFrom: sessionFrom ?? null, isLive: 0 })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await update()
  }
}

export async function markTalk(tx: Tx, personIndex: string, isLive: boolean): Promise<void> {
  await tx.execute('UPDATE official_talk SET isLive = ? WHERE personIndex = ?', [isLive ? 1 : 0, personIndex])
}

/** Nearly all rows are taken and have no time: left to itself MariaDB would read them all. */
const inQueue = ({ engine }: Reader): string =>
  engine === 'sqlite' ? 'official_message' : 'official_message FORCE INDEX (official_message_due)'

/** What nobody has taken yet, the longest first. */
export function dueWords(reader: Reader, now: number, limit: number): Promise<OfficialMessageRow[]> {
  return reader.query<OfficialMessageRow>(
    `SELECT * FROM ${inQueue(reader)} WHERE dueAt <= ? ORDER BY dueAt, id LIMIT ${limit}`,
    [now],
  )
}

/** Under its lock, while nobody has taken it; null otherwise. */
export async function lockDue(tx: Tx, id: string): Promise<OfficialMessageRow | null> {
  const rows = await tx.query<OfficialMessageRow>(
    `SELECT * FROM official_message WHERE id = ? AND dueAt IS NOT NULL${tx.forUpdate}`,
    [id],
  )
  return rows[0] ?? null
}

/** Whether something that this person wrote before waits still. */
export async function waitsBefore(reader: Reader, personIndex: string, id: string): Promise<boolean> {
  const rows = await reader.query(
    'SELECT 1 AS found FROM official_message WHERE personIndex = ? AND id < ? AND dueAt IS NOT NULL LIMIT 1',
    [personIndex, id],
  )
  return rows.length > 0
}

export async function setDue(tx: Tx, id: string, dueAt: number | null): Promise<void> {
  await tx.execute('UPDATE official_message SET dueAt = ? WHERE id = ? AND dueAt IS NOT NULL', [dueAt, id])
}
