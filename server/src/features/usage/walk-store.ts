import type { Reader, Tx } from '../../core/db/database'
import { type UsageWalkRow, usageWalkTable, type WalkPurpose } from './entities'

const FIND = 'SELECT * FROM usage_walk WHERE companyId = ? AND purpose = ?'

export async function findWalk(
  reader: Reader,
  companyId: string,
  purpose: WalkPurpose,
): Promise<UsageWalkRow | null> {
  return (await reader.query<UsageWalkRow>(FIND, [companyId, purpose]))[0] ?? null
}

/** Under its lock: whoever else writes a page of it waits, and then sees that the page is written. */
export async function lockWalk(
  tx: Tx,
  companyId: string,
  purpose: WalkPurpose,
): Promise<UsageWalkRow | null> {
  return (await tx.query<UsageWalkRow>(`${FIND}${tx.forUpdate}`, [companyId, purpose]))[0] ?? null
}

export async function insertWalk(tx: Tx, row: UsageWalkRow): Promise<void> {
  await tx.insert(usageWalkTable, row)
}

export async function updateWalk(tx: Tx, row: UsageWalkRow): Promise<void> {
  await tx.execute(
    `UPDATE usage_walk SET followsAt = ?, generation = ?, state = ?, cursorPath = ?, cursorId = ?, pages = ?,
      households = ?, startedAt = ?, movedAt = ?, finishedAt = ? WHERE companyId = ? AND purpose = ?`,
    [
      row.followsAt,
      row.generation,
      row.state,
      row.cursorPath,
      row.cursorId,
      row.pages,
      row.households,
      row.startedAt,
      row.movedAt,
      row.finishedAt,
      row.companyId,
      row.purpose,
    ],
  )
}
