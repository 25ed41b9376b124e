import { placeholders, type Reader } from '../../core/db/database'
import type { RequestRow } from './entities'
import { firstIdAt } from './inbox-store'

/** What residents' pages ask. Everything is bounded and walks an index that begins with the person or the place. */

const OVER = "('closed', 'cancelled')"

/** A page of what this person made and follows, newest first, of what goes on or of what is over. */
export async function pageOfResident(
  reader: Reader,
  residentIds: readonly string[],
  page: { readonly over: boolean; readonly before: string | null; readonly limit: number },
): Promise<RequestRow[]> {
  const states = `${page.over ? 'IN' : 'NOT IN'} ${OVER}`
  const marks = placeholders(residentIds.length)
  const before = page.before === null ? [] : [page.before]
  const [own, followed] = await Promise.all([
    reader.query<RequestRow>(
      `SELECT * FROM request WHERE residentId IN (${marks}) AND state ${states} ${page.before === null ? '' : 'AND id < ?'}
        ORDER BY id DESC LIMIT ${page.limit}`,
      [...residentIds, ...before],
    ),
    reader.query<RequestRow>(
      `SELECT r.* FROM request_follower f JOIN request r ON r.id = f.requestId
        WHERE f.residentId IN (${marks}) AND r.state ${states} ${page.before === null ? '' : 'AND f.requestId < ?'}
        ORDER BY f.requestId DESC LIMIT ${page.limit}`,
      [...residentIds, ...before],
    ),
  ])
  const byId = new Map([...followed, ...own].map((row) => [row.id, row]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, page.limit)
}

/** How many this person made since then. */
export async function countMadeSince(
  reader: Reader,
  residentIds: readonly string[],
  sinceMs: number,
): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM request WHERE residentId IN (${placeholders(residentIds.length)}) AND id >= ?`,
    [...residentIds, firstIdAt(sinceMs)],
  )
  return Number(rows[0]?.n ?? 0)
}

/** The newest request of this person that says whom to call. */
export async function lastNamedRequest(
  reader: Reader,
  residentIds: readonly string[],
): Promise<Pick<RequestRow, 'contactSealed'> | null> {
  const rows = await reader.query<Pick<RequestRow, 'contactSealed'>>(
    `SELECT contactSealed FROM request WHERE residentId IN (${placeholders(residentIds.length)}) AND anonymous = 0
      ORDER BY id DESC LIMIT 1`,
    residentIds,
  )
  return rows[0] ?? null
}

export type SimilarRow = Pick<
  RequestRow,
  | 'id'
  | 'areaId'
  | 'latE6'
  | 'lngE6'
  | 'createdAt'
  | 'state'
  | 'followers'
  | 'residentId'
  | 'companyId'
  | 'catalogueVersion'
  | 'typeId'
  | 'areaName'
>

const SIMILAR =
  'id, areaId, latE6, lngE6, createdAt, state, followers, residentId, companyId, catalogueVersion, typeId, areaName'
const SIMILAR_MAX = 40

/** What this person reported already of the same type and what still goes on, newest first; of this home if one is named. */
export async function openOfResident(
  reader: Reader,
  residentIds: readonly string[],
  of: {
    readonly companyId: string
    readonly typeId: string
    readonly householdId: string | null
    readonly limit: number
  },
): Promise<SimilarRow[]> {
  const home = of.householdId === null ? '' : ' AND (householdId = ? OR householdId IS NULL)'
  return reader.query<SimilarRow>(
    `SELECT ${SIMILAR} FROM request WHERE residentId IN (${placeholders(residentIds.length)}) AND companyId = ?
        AND typeId = ? AND state NOT IN ${OVER}${home} ORDER BY id DESC LIMIT ${of.limit}`,
    [...residentIds, of.companyId, of.typeId, ...(of.householdId === null ? [] : [of.householdId])],
  )
}

/** Open ones of the same type in any of these places since then, newest first. */
export async function openInAreas(
  reader: Reader,
  of: { readonly areaIds: readonly string[]; readonly typeId: string; readonly since: number },
): Promise<SimilarRow[]> {
  if (of.areaIds.length === 0) return []
  return reader.query<SimilarRow>(
    `SELECT ${SIMILAR} FROM request WHERE areaId IN (${placeholders(of.areaIds.length)}) AND typeId = ? AND createdAt >= ?
        AND openSlot = 1 AND anonymous = 0 ORDER BY createdAt DESC LIMIT ${SIMILAR_MAX}`,
    [...of.areaIds, of.typeId, of.since],
  )
}

/** Open ones of the same type inside a box since then. */
export async function openInBox(
  reader: Reader,
  of: {
    readonly companyId: string
    readonly typeId: string
    readonly since: number
    readonly south: number
    readonly north: number
    readonly west: number
    readonly east: number
  },
): Promise<SimilarRow[]> {
  return reader.query<SimilarRow>(
    `SELECT ${SIMILAR} FROM request WHERE companyId = ? AND typeId = ? AND latE6 BETWEEN ? AND ? AND lngE6 BETWEEN ? AND ?
        AND createdAt >= ? AND openSlot = 1 AND anonymous = 0 LIMIT ${SIMILAR_MAX}`,
    [of.companyId, of.typeId, of.south, of.north, of.west, of.east, of.since],
  )
}

/** Whether something of this person was merged into that request. */
export async function ownsChildOf(
  reader: Reader,
  parentId: string,
  residentIds: readonly string[],
): Promise<boolean> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM request WHERE parentId = ? AND residentId IN (${placeholders(residentIds.length)}) LIMIT 1`,
    [parentId, ...residentIds],
  )
  return rows.length > 0
}
