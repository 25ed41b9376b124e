import type { Reader, Tx } from '../../core/db/database'
import { type FanoutRow, fanoutTable } from './entities'

export async function insertFanout(tx: Tx, row: FanoutRow): Promise<void> {
  await tx.insert(fanoutTable, row)
}

export async function findFanout(reader: Reader, id: string): Promise<FanoutRow | null> {
  return (await reader.query<FanoutRow>('SELECT * FROM notice_fanout WHERE id = ?', [id]))[0] ?? null
}

/** Under its lock: whoever else writes a page of it waits, and then sees that the page is written. */
export async function lockFanout(tx: Tx, id: string): Promise<FanoutRow | null> {
  const rows = await tx.query<FanoutRow>(`SELECT * FROM notice_fanout WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function fanoutOfVersion(
  reader: Reader,
  noticeId: string,
  version: number,
): Promise<FanoutRow | null> {
  const rows = await reader.query<FanoutRow>(
    'SELECT * FROM notice_fanout WHERE noticeId = ? AND version = ?',
    [noticeId, version],
  )
  return rows[0] ?? null
}

/** The bulks of the versions before this one, the oldest first. */
export async function bulksBefore(reader: Reader, noticeId: string, version: number): Promise<string[]> {
  const rows = await reader.query<{ bulkId: string }>(
    'SELECT bulkId FROM notice_fanout WHERE noticeId = ? AND version < ? ORDER BY version',
    [noticeId, version],
  )
  return rows.map(({ bulkId }) => bulkId)
}

/** Moves the cursor and the counts behind one page. */
export async function moveFanout(
  tx: Tx,
  id: string,
  moved: Pick<FanoutRow, 'part' | 'cursorPath' | 'cursorId' | 'state' | 'movedAt' | 'finishedAt'> & {
    households: number
    residents: number
  },
): Promise<void> {
  await tx.execute(
    `UPDATE notice_fanout SET part = ?, cursorPath = ?, cursorId = ?, state = ?, movedAt = ?, finishedAt = ?,
      households = households + ?, residents = residents + ?, pages = pages + 1 WHERE id = ?`,
    [
      moved.part,
      moved.cursorPath,
      moved.cursorId,
      moved.state,
      moved.movedAt,
      moved.finishedAt,
      moved.households,
      moved.residents,
      id,
    ],
  )
}

export async function endFanout(tx: Tx, id: string, at: number): Promise<void> {
  await tx.execute(
    "UPDATE notice_fanout SET state = 'stopped', finishedAt = ?, movedAt = ? WHERE id = ? AND state = 'running'",
    [at, at, id],
  )
}

/** Those that run and have not moved since then. */
export async function standingFanouts(
  reader: Reader,
  movedBefore: number,
  limit: number,
): Promise<Pick<FanoutRow, 'id' | 'pages'>[]> {
  return reader.query(
    `SELECT id, pages FROM notice_fanout WHERE state = 'running' AND movedAt <= ? ORDER BY movedAt LIMIT ${limit}`,
    [movedBefore],
  )
}
