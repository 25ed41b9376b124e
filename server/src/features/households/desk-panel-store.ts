import { placeholders, type Reader } from '../../core/db/database'
import type { AreaRow, HouseholdRow } from './entities'

/** What the console asks of households and of the tree of places. */

export type Place = Pick<AreaRow, 'id' | 'companyId' | 'kind' | 'name' | 'fullName' | 'parentId' | 'path'>

const PLACE = 'a.id, a.companyId, a.kind, a.name, a.fullName, a.parentId, a.path'
const PLACES_MAX = 200

export type PlaceWithChildren = Place & { readonly children: number }
const CHILDREN =
  '(SELECT 1 FROM area AS b WHERE b.companyId = a.companyId AND b.parentId = a.id LIMIT 1) AS children'

/** The places directly below one, or the roots, by name. */
export async function placesBelow(
  reader: Reader,
  companyId: string,
  parentId: string | null,
): Promise<PlaceWithChildren[]> {
  const [where, params] = parentId === null ? ['a.parentId IS NULL', []] : ['a.parentId = ?', [parentId]]
  return reader.query<PlaceWithChildren>(
    `SELECT ${PLACE}, ${CHILDREN} FROM area AS a WHERE a.companyId = ? AND ${where} AND a.tree = 'place'
      ORDER BY a.name, a.id LIMIT ${PLACES_MAX}`,
    [companyId, ...params],
  )
}

/** Places whose name has these words; the wildcards of LIKE are words like any other. */
export async function placesNamed(
  reader: Reader,
  companyId: string,
  words: string,
): Promise<PlaceWithChildren[]> {
  const literal = words.replace(/[!%_]/g, (sign) => `!${sign}`)
  return reader.query<PlaceWithChildren>(
    `SELECT ${PLACE}, ${CHILDREN} FROM area AS a
      WHERE a.companyId = ? AND a.tree = 'place' AND a.name LIKE ? ESCAPE '!' ORDER BY a.fullName LIMIT ${PLACES_MAX}`,
    [companyId, `%${literal}%`],
  )
}

export async function placesByIds(reader: Reader, ids: readonly string[]): Promise<Place[]> {
  if (ids.length === 0) return []
  return reader.query<Place>(
    `SELECT ${PLACE} FROM area AS a WHERE a.id IN (${placeholders(ids.length)})`,
    ids,
  )
}

export async function communitiesOf(reader: Reader, companyId: string): Promise<Place[]> {
  return reader.query<Place>(
    `SELECT ${PLACE} FROM area AS a WHERE a.companyId = ? AND a.tree = 'place' AND a.kind = 'community'`,
    [companyId],
  )
}

/** The knot itself and everything below it. */
export async function subtree(reader: Reader, path: string): Promise<Place[]> {
  return reader.query<Place>(
    `SELECT ${PLACE} FROM area AS a WHERE a.path >= ? AND a.path < ? ORDER BY a.path LIMIT 2000`,
    // What follows a slash in the alphabet is a nought, so this is every path that begins with this one.
    [path, `${path.slice(0, -1)}0`],
  )
}

export async function householdsAtPlaces(
  reader: Reader,
  placeIds: readonly string[],
  limit: number,
): Promise<HouseholdRow[]> {
  if (placeIds.length === 0) return []
  return reader.query<HouseholdRow>(
    `SELECT * FROM household WHERE placeId IN (${placeholders(placeIds.length)}) ORDER BY placeId, id LIMIT ${limit}`,
    placeIds,
  )
}

export async function householdsOfAccountNo(
  reader: Reader,
  companies: readonly string[],
  accountNo: string,
): Promise<HouseholdRow[]> {
  if (companies.length === 0) return []
  return reader.query<HouseholdRow>(
    `SELECT * FROM household WHERE companyId IN (${placeholders(companies.length)}) AND accountNo = ?`,
    [...companies, accountNo],
  )
}
