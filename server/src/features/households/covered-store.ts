import { placeholders, type Reader, type SqlValue } from '../../core/db/database'
import type { AreaRow, BindingRow, HouseholdRow } from './entities'

/** What stands below knots of either tree, read by key: a city has a million households and more. */

export type Tree = AreaRow['tree']
export type CoveredArea = Pick<AreaRow, 'id' | 'companyId' | 'tree' | 'kind' | 'name' | 'fullName' | 'path'>

const COLUMN: Readonly<Record<Tree, 'placeId' | 'supplyId'>> = { place: 'placeId', supply: 'supplyId' }

/** The paths that begin with this one: from it up to, and without, the second. */
function below(path: string): [string, string] {
  // What follows a slash in the alphabet is a nought.
  return [path, `${path.slice(0, -1)}0`]
}

const ranges = (roots: readonly string[]): { sql: string; params: SqlValue[] } => ({
  sql: `(${roots.map(() => '(a.path >= ? AND a.path < ?)').join(' OR ')})`,
  params: roots.flatMap(below),
})

export async function areasWithTree(reader: Reader, ids: readonly string[]): Promise<CoveredArea[]> {
  if (ids.length === 0) return []
  return reader.query<CoveredArea>(
    `SELECT id, companyId, tree, kind, name, fullName, path FROM area WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
}

export async function rootPaths(reader: Reader, companyId: string): Promise<string[]> {
  const rows = await reader.query<{ path: string }>(
    "SELECT path FROM area WHERE companyId = ? AND parentId IS NULL AND tree = 'place' ORDER BY path",
    [companyId],
  )
  return rows.map(({ path }) => path)
}

/** Knots below a root in the order of their paths, beginning with that path, or right behind it. */
export async function areasFrom(
  reader: Reader,
  at: { readonly root: string; readonly path: string; readonly inclusive: boolean; readonly limit: number },
): Promise<Pick<AreaRow, 'id' | 'path'>[]> {
  const [first, end] = below(at.root)
  const from = at.path > first ? at.path : first
  const sign = at.path >= first && !at.inclusive ? '>' : '>='
  return reader.query(
    `SELECT id, path FROM area WHERE path ${sign} ? AND path < ? ORDER BY path LIMIT ${at.limit}`,
    [from, end],
  )
}

/** How many households stand directly at each of these knots; those without any are left out. */
export async function householdsPerArea(
  reader: Reader,
  tree: Tree,
  areaIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await reader.query<{ areaId: string; n: number }>(
    `SELECT ${COLUMN[tree]} AS areaId, COUNT(*) AS n FROM household
      WHERE ${COLUMN[tree]} IN (${placeholders(areaIds.length)}) GROUP BY ${COLUMN[tree]}`,
    areaIds,
  )
  return new Map(rows.map(({ areaId, n }) => [areaId, Number(n)]))
}

/** The ids of all households directly at these knots, knot by knot. */
export async function householdIdsAt(
  reader: Reader,
  tree: Tree,
  areaIds: readonly string[],
): Promise<{ areaId: string; id: string }[]> {
  return reader.query(
    `SELECT ${COLUMN[tree]} AS areaId, id FROM household WHERE ${COLUMN[tree]} IN (${placeholders(areaIds.length)})
      ORDER BY ${COLUMN[tree]}, id`,
    areaIds,
  )
}

/** Of one knot that has too many for one page. */
export async function householdIdsAfter(
  reader: Reader,
  tree: Tree,
  at: { readonly areaId: string; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM household WHERE ${COLUMN[tree]} = ? AND id > ? ORDER BY id LIMIT ${at.limit}`,
    [at.areaId, at.after],
  )
  return rows.map(({ id }) => id)
}

/** Who has bound these households now. Read from the index alone. */
export async function activeMembers(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Pick<BindingRow, 'householdId' | 'residentId'>[]> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT householdId, residentId FROM binding
      WHERE householdId IN (${placeholders(householdIds.length)}) AND activeSlot = 1`,
    householdIds,
  )
}

/** The paths of the place and of what feeds it, of each household; a household without a supply has none. */
export async function pathsOf(
  reader: Reader,
  householdIds: readonly string[],
): Promise<
  {
    id: string
    companyId: string
    placePath: string | null
    supplyPath: string | null
    supplyId: string | null
  }[]
> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT h.id, h.companyId, h.supplyId, p.path AS placePath, s.path AS supplyPath FROM household h
      LEFT JOIN area p ON p.id = h.placeId LEFT JOIN area s ON s.id = h.supplyId
      WHERE h.id IN (${placeholders(householdIds.length)})`,
    householdIds,
  )
}

/** The households below these knots as a subquery `SELECT id`; of both trees each household once. */
function coveredSql(roots: Readonly<Record<Tree, readonly string[]>>): { sql: string; params: SqlValue[] } {
  const parts = (['place', 'supply'] as const).flatMap((tree) => {
    if (roots[tree].length === 0) return []
    const { sql, params } = ranges(roots[tree])
    return [
      { sql: `SELECT h.id FROM area a JOIN household h ON h.${COLUMN[tree]} = a.id WHERE ${sql}`, params },
    ]
  })
  return { sql: parts.map(({ sql }) => sql).join(' UNION '), params: parts.flatMap(({ params }) => params) }
}

/** Counted in the database, without a row coming here: a city takes it a second or two. */
export async function countCovered(
  reader: Reader,
  roots: Readonly<Record<Tree, readonly string[]>>,
): Promise<{ households: number; residents: number }> {
  const { sql, params } = coveredSql(roots)
  if (sql === '') return { households: 0, residents: 0 }
  const [households] = await reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM (${sql}) AS c`, params)
  const [residents] = await reader.query<{ n: number }>(
    `SELECT COUNT(DISTINCT b.residentId) AS n FROM (${sql}) AS c
      JOIN binding b ON b.householdId = c.id AND b.activeSlot = 1`,
    params,
  )
  return { households: Number(households?.n ?? 0), residents: Number(residents?.n ?? 0) }
}

/** Which of these people have bound a household below these knots. */
export async function residentsCovered(
  reader: Reader,
  roots: Readonly<Record<Tree, readonly string[]>>,
  residentIds: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>()
  for (const tree of ['place', 'supply'] as const) {
    if (roots[tree].length === 0 || residentIds.length === 0) continue
    const { sql, params } = ranges(roots[tree])
    const rows = await reader.query<{ residentId: string }>(
      `SELECT DISTINCT b.residentId FROM binding b JOIN household h ON h.id = b.householdId
        JOIN area a ON a.id = h.${COLUMN[tree]}
        WHERE b.residentId IN (${placeholders(residentIds.length)}) AND b.activeSlot = 1 AND ${sql}`,
      [...residentIds, ...params],
    )
    for (const { residentId } of rows) found.add(residentId)
  }
  return found
}

const HAS_HOUSEHOLDS = (tree: Tree): string =>
  `EXISTS (SELECT 1 FROM household h WHERE h.${COLUMN[tree]} = a.id)`

/** How many knots below this one have households of their own. */
export async function countPeopledAreas(reader: Reader, tree: Tree, root: string): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM area a WHERE a.path >= ? AND a.path < ? AND ${HAS_HOUSEHOLDS(tree)}`,
    below(root),
  )
  return Number(rows[0]?.n ?? 0)
}

/** The nth of them in the order of their paths. */
export async function peopledArea(
  reader: Reader,
  tree: Tree,
  root: string,
  nth: number,
): Promise<string | null> {
  const rows = await reader.query<{ id: string }>(
    `SELECT a.id FROM area a WHERE a.path >= ? AND a.path < ? AND ${HAS_HOUSEHOLDS(tree)}
      ORDER BY a.path LIMIT 1 OFFSET ${nth}`,
    below(root),
  )
  return rows[0]?.id ?? null
}

/** The nth household of one knot. */
export async function nthHouseholdAt(
  reader: Reader,
  tree: Tree,
  areaId: string,
  nth: number,
): Promise<string | null> {
  const rows = await reader.query<Pick<HouseholdRow, 'id'>>(
    `SELECT id FROM household WHERE ${COLUMN[tree]} = ? ORDER BY id LIMIT 1 OFFSET ${nth}`,
    [areaId],
  )
  return rows[0]?.id ?? null
}
