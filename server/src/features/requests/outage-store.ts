import type { Reader } from '../../core/db/database'
import type { SupplyLost } from '../notices'
import type { RequestRow } from './entities'

/** Requests as outages see them: where supply is gone, and what was merged into a notice. */

/** Households that reported no supply at this place since then, and when the first and the last did. */
export async function countWithoutSupply(
  reader: Reader,
  placeId: string,
  since: number,
): Promise<SupplyLost> {
  const rows = await reader.query<{ n: number; firstAt: number | null; lastAt: number | null }>(
    `SELECT COUNT(DISTINCT COALESCE(householdId, id)) AS n, MIN(createdAt) AS firstAt, MAX(createdAt) AS lastAt
      FROM request WHERE outagePlaceId = ? AND createdAt >= ? AND state <> 'cancelled'`,
    [placeId, since],
  )
  const [row] = rows
  return {
    requests: Number(row?.n ?? 0),
    firstAt: Number(row?.firstAt ?? since),
    lastAt: Number(row?.lastAt ?? since),
  }
}

/** What was merged into a notice and still waits for its end, by id. */
export async function mergedInto(
  reader: Reader,
  noticeId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM request WHERE noticeId = ? AND state = 'merged' AND id > ? ORDER BY id LIMIT ${limit}`,
    [noticeId, after],
  )
  return rows.map(({ id }) => id)
}

/** My last request of this household that ended with that outage. */
export async function endedWith(
  reader: Reader,
  of: { readonly noticeId: string; readonly householdId: string; readonly residentIds: readonly string[] },
): Promise<Pick<RequestRow, 'id' | 'state' | 'residentId'> | null> {
  const rows = await reader.query<Pick<RequestRow, 'id' | 'state' | 'residentId'>>(
    `SELECT id, state, residentId FROM request
      WHERE noticeId = ? AND householdId = ? AND state IN ('merged', 'resolved', 'closed') ORDER BY id DESC LIMIT 20`,
    [of.noticeId, of.householdId],
  )
  return rows.find((row) => row.residentId !== null && of.residentIds.includes(row.residentId)) ?? null
}
