import type { Reader } from '../../core/db/database'
import type { AreaRow } from './entities'

/** Knots of both trees as somebody chooses from them. */

type Knot = Pick<AreaRow, 'id' | 'name' | 'kind' | 'fullName' | 'path'>
export type KnotRow = Knot & { readonly children: number | null }

const KNOT = 'a.id, a.name, a.kind, a.fullName, a.path'
const CHILDREN =
  '(SELECT 1 FROM area AS b WHERE b.companyId = a.companyId AND b.parentId = a.id LIMIT 1) AS children'
const KNOTS_MAX = 200

export async function knotsBelow(
  reader: Reader,
  of: { readonly companyId: string; readonly tree: AreaRow['tree']; readonly parentId: string | null },
): Promise<KnotRow[]> {
  const [where, params] =
    of.parentId === null ? ['a.parentId IS NULL', []] : ['a.parentId = ?', [of.parentId]]
  return reader.query<KnotRow>(
    `SELECT ${KNOT}, ${CHILDREN} FROM area AS a WHERE a.companyId = ? AND ${where} AND a.tree = ?
      ORDER BY a.name, a.id LIMIT ${KNOTS_MAX}`,
    [of.companyId, ...params, of.tree],
  )
}

/** Knots whose name has these words; the wildcards of LIKE are words like any other. */
export async function knotsNamed(
  reader: Reader,
  of: { readonly companyId: string; readonly tree: AreaRow['tree']; readonly words: string },
): Promise<KnotRow[]> {
  const literal = of.words.replace(/[!%_]/g, (sign) => `!${sign}`)
  return reader.query<KnotRow>(
    `SELECT ${KNOT}, ${CHILDREN} FROM area AS a
      WHERE a.companyId = ? AND a.tree = ? AND a.name LIKE ? ESCAPE '!' ORDER BY a.fullName LIMIT ${KNOTS_MAX}`,
    [of.companyId, of.tree, `%${literal}%`],
  )
}

/** The districts and communities of every company. */
export async function namedPlaces(
  reader: Reader,
): Promise<Pick<AreaRow, 'id' | 'companyId' | 'kind' | 'name' | 'fullName' | 'path'>[]> {
  return reader.query(
    `SELECT a.id, a.companyId, a.kind, a.name, a.fullName, a.path FROM area AS a
      WHERE a.tree = 'place' AND a.kind IN ('district', 'community') ORDER BY LENGTH(a.fullName), a.fullName LIMIT 50000`,
  )
}

/** The communities of a company: some thousands in a large city. */
export async function allCommunities(
  reader: Reader,
  companyId: string,
): Promise<Pick<AreaRow, 'id' | 'fullName' | 'path'>[]> {
  return reader.query(
    `SELECT a.id, a.fullName, a.path FROM area AS a
      WHERE a.companyId = ? AND a.tree = 'place' AND a.kind = 'community' ORDER BY a.fullName LIMIT 20000`,
    [companyId],
  )
}

/** What feeds the households below this path. */
export async function supplyIdsBelow(reader: Reader, path: string, limit: number): Promise<string[]> {
  const rows = await reader.query<{ supplyId: string }>(
    `SELECT DISTINCT h.supplyId FROM area AS a JOIN household AS h ON h.placeId = a.id
      WHERE a.path >= ? AND a.path < ? AND h.supplyId IS NOT NULL LIMIT ${limit}`,
    [path, `${path.slice(0, -1)}0`],
  )
  return rows.map(({ supplyId }) => supplyId)
}
