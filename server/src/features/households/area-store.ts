import type { CoreCtx } from '../../core/context'
import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type AreaRow, areaTable } from './entities'
import type { ImportedHousehold, ImportedSupply } from './imported-household'
import { cut } from './text'

type KnownArea = Pick<AreaRow, 'id' | 'path'>

/**
 * Areas that are in the database for certain, by `treeKey`. It lives as long as one import and is filled after each
 * commit only, so a transaction that was rolled back leaves nothing in it.
 */
export type AreaCache = Map<string, KnownArea>

/** One knot that a household asks for. */
interface Knot {
  readonly tree: AreaRow['tree']
  readonly kind: string
  readonly name: string
  readonly fullName: string
  readonly parentName: string | null
  readonly contact: ImportedSupply['contact']
}

const NAME_MAX = 80
const FULL_NAME_MAX = 250
/** Rows per statement, well within what SQLite binds. */
const ROWS_MAX = 1000

const treeKey = (tree: AreaRow['tree'], fullName: string): string => `${tree}|${fullName}`
const tidy = (name: string): string => cut(name.includes('/') ? name.replaceAll('/', '／') : name, NAME_MAX)

/** The names on the way to a household's place, ending with its unit, building or community. */
function placeSteps({ place }: ImportedHousehold): [string, string][] {
  const steps: [string, string][] = []
  if (place.district !== null) steps.push(['district', tidy(place.district)])
  steps.push(['community', place.community === '' ? '未写小区' : tidy(place.community)])
  if (place.building !== null) steps.push(['building', tidy(place.building)])
  if (place.building !== null && place.unit !== null) steps.push(['unit', tidy(place.unit)])
  return steps
}

const fullNameOf = (steps: readonly [string, string][]): string =>
  cut(steps.map(([, name]) => name).join('/'), FULL_NAME_MAX)

function placeKnots(facts: ImportedHousehold): Knot[] {
  const steps = placeSteps(facts)
  return steps.map(([kind, name], index) => ({
    tree: 'place',
    kind,
    name,
    fullName: fullNameOf(steps.slice(0, index + 1)),
    parentName: index === 0 ? null : fullNameOf(steps.slice(0, index)),
    contact: null,
  }))
}

function supplyKnots({ supply }: ImportedHousehold): Knot[] {
  if (supply === null) return []
  const name = tidy(supply.name)
  return [
    { tree: 'supply', kind: supply.kind, name, fullName: name, parentName: null, contact: supply.contact },
  ]
}

export interface AreasOfHousehold {
  readonly placeId: string
  readonly supplyId: string | null
}

/**
 * Answers where each of these households stands and what feeds it, in their order, making the areas that are
 * missing. Whoever imports for a company holds its import lease, so no one else makes the same area meanwhile.
 */
export async function ensureAreas(
  tx: Tx,
  ctx: CoreCtx,
  companyId: string,
  households: readonly ImportedHousehold[],
  cache: AreaCache,
): Promise<AreasOfHousehold[]> {
  const known: AreaCache = new Map()
  const find = (key: string): KnownArea | null => cache.get(key) ?? known.get(key) ?? null
  const keys = households.map((facts) => ({
    place: treeKey('place', fullNameOf(placeSteps(facts))),
    supply: facts.supply === null ? null : treeKey('supply', tidy(facts.supply.name)),
  }))
  const wanted = new Map<string, Knot>()
  for (const [index, facts] of households.entries()) {
    const { place = '', supply = null } = keys[index] ?? {}
    const knots = find(place) === null ? placeKnots(facts) : []
    if (supply !== null && find(supply) === null) knots.push(...supplyKnots(facts))
    for (const knot of knots) wanted.set(treeKey(knot.tree, knot.fullName), knot)
  }
  if (wanted.size > 0) {
    await findAreas(tx, companyId, [...wanted.values()], known)
    await makeMissing(tx, ctx, companyId, wanted, find, known)
    tx.afterCommit(() => {
      for (const [key, area] of known) cache.set(key, area)
    })
  }
  return keys.map(({ place, supply }) => {
    const placeId = find(place)?.id
    if (placeId === undefined) throw new Error('every household stands in at least a community')
    return { placeId, supplyId: supply === null ? null : (find(supply)?.id ?? null) }
  })
}

async function makeMissing(
  tx: Tx,
  ctx: CoreCtx,
  companyId: string,
  wanted: ReadonlyMap<string, Knot>,
  find: (key: string) => KnownArea | null,
  known: AreaCache,
): Promise<void> {
  const missing: AreaRow[] = []
  // Knots come from the root down, so a parent is always known before its children.
  for (const [key, knot] of wanted) {
    if (find(key) !== null) continue
    const parent = knot.parentName === null ? null : find(treeKey(knot.tree, knot.parentName))
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
      contactSealed: knot.contact === null ? null : sealContact(ctx, knot.contact),
      createdAt: ctx.clock.now(),
    })
  }
  for (let start = 0; start < missing.length; start += ROWS_MAX) {
    await tx.insert(areaTable, missing.slice(start, start + ROWS_MAX))
  }
}

function sealContact(ctx: CoreCtx, contact: NonNullable<ImportedSupply['contact']>): string {
  return ctx.vault.seal(JSON.stringify({ name: cut(contact.name, 30), phone: cut(contact.phone, 20) }))
}

async function findAreas(tx: Tx, companyId: string, knots: readonly Knot[], known: AreaCache): Promise<void> {
  const names = [...new Set(knots.map(({ fullName }) => fullName))]
  for (let start = 0; start < names.length; start += ROWS_MAX) {
    const some = names.slice(start, start + ROWS_MAX)
    const rows = await tx.query<Pick<AreaRow, 'id' | 'path' | 'tree' | 'fullName'>>(
      `SELECT id, path, tree, fullName FROM area
        WHERE companyId = ? AND tree IN ('place', 'supply') AND fullName IN (${placeholders(some.length)})`,
      [companyId, ...some],
    )
    for (const { tree, fullName, id, path } of rows) known.set(treeKey(tree, fullName), { id, path })
  }
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
