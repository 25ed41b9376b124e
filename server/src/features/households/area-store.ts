import type { CoreCtx } from '../../core/context'
import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type AreaRow, areaTable } from './entities'
import type { ImportedHousehold, ImportedSupply } from './imported-household'
import { cut } from './text'

/** One knot that a household asks for, from the root down. */
interface Knot {
  readonly tree: 'place' | 'supply'
  readonly kind: string
  readonly name: string
  readonly fullName: string
  readonly parentName: string | null
  readonly contact: ImportedSupply['contact']
}

const NAME_MAX = 80
/** Households per statement stay within what SQLite binds, with room to spare. */
const LOOKUP_MAX = 500

/** The knots on the way to a household's place, ending with its unit, building or community. */
export function placeKnots({ place }: ImportedHousehold): Knot[] {
  const steps: [string, string | null][] = [
    ['district', place.district],
    ['community', place.community === '' ? '未写小区' : place.community],
    ['building', place.building],
    ['unit', place.building === null ? null : place.unit],
  ]
  const knots: Knot[] = []
  for (const [kind, text] of steps) {
    if (text === null || text === '') continue
    const name = cut(text.replaceAll('/', '／'), NAME_MAX)
    const parentName = knots.at(-1)?.fullName ?? null
    const fullName = cut(parentName === null ? name : `${parentName}/${name}`, 250)
    knots.push({ tree: 'place', kind, name, fullName, parentName, contact: null })
  }
  return knots
}

export function supplyKnots({ supply }: ImportedHousehold): Knot[] {
  if (supply === null) return []
  const name = cut(supply.name.replaceAll('/', '／'), NAME_MAX)
  return [
    { tree: 'supply', kind: supply.kind, name, fullName: name, parentName: null, contact: supply.contact },
  ]
}

export const knotKey = (knot: Pick<Knot, 'tree' | 'fullName'>): string => `${knot.tree}|${knot.fullName}`

type KnownArea = Pick<AreaRow, 'id' | 'path'>

/**
 * The areas of these knots by `knotKey`, made where they are missing. Whoever imports for a company holds its import
 * lease, so no one else makes the same area meanwhile.
 */
export async function ensureAreas(
  tx: Tx,
  ctx: CoreCtx,
  companyId: string,
  knots: readonly Knot[],
): Promise<Map<string, KnownArea>> {
  const wanted = new Map(knots.map((knot) => [knotKey(knot), knot]))
  const known = await findAreas(tx, companyId, [
    ...new Set([...wanted.values()].map(({ fullName }) => fullName)),
  ])
  const missing: AreaRow[] = []
  // Knots come from the root down, so a parent is always known before its children.
  for (const [key, knot] of wanted) {
    if (known.has(key)) continue
    const parent = knot.parentName === null ? null : (known.get(`${knot.tree}|${knot.parentName}`) ?? null)
    const id = ctx.ids.next()
    const path = `${parent?.path ?? ''}${id}/`
    known.set(key, { id, path })
    missing.push({
      id,
      companyId,
      tree: knot.tree,
      kind: knot.kind,
      name: knot.name,
      fullName: knot.fullName,
      parentId: parent?.id ?? null,
      path,
      contactSealed: knot.contact === null ? null : ctx.vault.seal(JSON.stringify(knot.contact)),
      createdAt: ctx.clock.now(),
    })
  }
  for (let start = 0; start < missing.length; start += LOOKUP_MAX) {
    await tx.insert(areaTable, missing.slice(start, start + LOOKUP_MAX))
  }
  return known
}

async function findAreas(
  tx: Tx,
  companyId: string,
  fullNames: readonly string[],
): Promise<Map<string, KnownArea>> {
  const known = new Map<string, KnownArea>()
  for (let start = 0; start < fullNames.length; start += LOOKUP_MAX) {
    const names = fullNames.slice(start, start + LOOKUP_MAX)
    const rows = await tx.query<Pick<AreaRow, 'id' | 'path' | 'tree' | 'fullName'>>(
      `SELECT id, path, tree, fullName FROM area
        WHERE companyId = ? AND tree IN ('place', 'supply') AND fullName IN (${placeholders(names.length)})`,
      [companyId, ...names],
    )
    for (const row of rows) known.set(knotKey(row), { id: row.id, path: row.path })
  }
  return known
}

/** What the areas are called, by id. */
export async function areaNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<Pick<AreaRow, 'id' | 'name'>>(
    `SELECT id, name FROM area WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
