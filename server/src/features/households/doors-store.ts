import type { Reader } from '../../core/db/database'
import type { AreaRow, HouseholdRow } from './entities'

/** Places and the households directly at them, as somebody walks past them. */

export type Knot = Pick<AreaRow, 'id' | 'kind' | 'name' | 'parentId' | 'path'>

const KNOT = 'id, kind, name, parentId, path'

/** The places directly below one, or the roots of a company. */
export async function knotsBelow(
  reader: Reader,
  companyId: string,
  parentId: string | null,
): Promise<Knot[]> {
  const [where, params] = parentId === null ? ['parentId IS NULL', []] : ['parentId = ?', [parentId]]
  return reader.query<Knot>(`SELECT ${KNOT} FROM area WHERE companyId = ? AND ${where} AND tree = 'place'`, [
    companyId,
    ...params,
  ])
}

export async function knotById(reader: Reader, id: string): Promise<Knot | null> {
  const rows = await reader.query<Knot>(`SELECT ${KNOT} FROM area WHERE id = ?`, [id])
  return rows[0] ?? null
}

export type DoorRow = Pick<HouseholdRow, 'id' | 'companyId' | 'addressText'>

export async function doorsAt(reader: Reader, placeId: string): Promise<DoorRow[]> {
  return reader.query<DoorRow>('SELECT id, companyId, addressText FROM household WHERE placeId = ?', [
    placeId,
  ])
}

export async function countOfCompany(reader: Reader, companyId: string): Promise<number> {
  const rows = await reader.query<{ n: number }>('SELECT COUNT(*) AS n FROM household WHERE companyId = ?', [
    companyId,
  ])
  return Number(rows[0]?.n ?? 0)
}

/** Everything at the place with this path and below it. */
export async function countBelow(reader: Reader, path: string): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    // Everything below shares the path as its beginning; `0` is the letter after the slash.
    `SELECT COUNT(*) AS n FROM area a JOIN household h ON h.placeId = a.id WHERE a.path >= ? AND a.path < ?`,
    [path, `${path.slice(0, -1)}0`],
  )
  return Number(rows[0]?.n ?? 0)
}
