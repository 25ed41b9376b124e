import type { Reader } from '../../core/db/database'
import {
  activeMembers,
  areasFrom,
  areasWithTree,
  countCovered,
  countPeopledAreas,
  type CoveredArea,
  householdIdsAfter,
  householdIdsAt,
  householdsPerArea,
  nthHouseholdAt,
  pathsOf,
  peopledArea,
  rootPaths,
  residentsCovered,
  type Tree,
} from './covered-store'
import { findByAccountNos } from './store'

/** Knots under which everything is meant; none of them lies inside another one, and they stand in order. */
export interface Roots {
  readonly place: readonly string[]
  readonly supply: readonly string[]
}

/** Where a walk over covered households stands: everything before it was handed out. */
export interface WalkPosition {
  /** The knot whose households come next. */
  readonly path: string
  /** The last household of it that was handed out; `~`, which is behind every id, when all of them were. */
  readonly id: string
}

export const WALK_START: WalkPosition = { path: '', id: '~' }

interface WalkPage {
  readonly householdIds: readonly string[]
  /** Null when there is nothing left. */
  readonly next: WalkPosition | null
}

/** The knots among these that lie inside no other of them, by tree and in order. */
export function rootsOf(areas: readonly Pick<CoveredArea, 'tree' | 'path'>[]): Roots {
  const ofTree = (tree: Tree): string[] => {
    const paths = areas.flatMap((area) => (area.tree === tree ? [area.path] : [])).sort(byText)
    // In order, whatever lies inside a path comes right behind it.
    const kept: string[] = []
    for (const path of paths) {
      const last = kept.at(-1)
      if (last === undefined || !path.startsWith(last)) kept.push(path)
    }
    return kept
  }
  return { place: ofTree('place'), supply: ofTree('supply') }
}

/** Binary order, as both databases have it. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Knots of either tree by id; ids that do not exist are left out. */
export async function areasOfTrees(reader: Reader, ids: readonly string[]): Promise<CoveredArea[]> {
  return areasWithTree(reader, [...new Set(ids)])
}

const AREAS_AT_ONCE = 400

interface Walk {
  readonly tree: Tree
  readonly roots: readonly string[]
  readonly after: WalkPosition
  readonly limit: number
}

/**
 * The next households below these roots, about `limit` of them, in the order of the knots' paths and then of their
 * ids. A page holds whole knots unless one of them is larger than a page; small roots share one.
 */
export async function walkHouseholds(reader: Reader, walk: Walk): Promise<WalkPage> {
  const householdIds: string[] = []
  let { after } = walk
  for (;;) {
    const page = await walkOn(reader, { ...walk, after, limit: walk.limit - householdIds.length })
    householdIds.push(...page.householdIds)
    if (page.next === null || householdIds.length * 2 >= walk.limit) return { householdIds, next: page.next }
    after = page.next
  }
}

/** Up to the end of one run of knots. */
async function walkOn(reader: Reader, walk: Walk): Promise<WalkPage> {
  const { tree, roots, limit } = walk
  let { after } = walk
  for (const root of roots) {
    // Everything inside a root begins with it; `0` is the letter behind the slash.
    if (after.path >= `${root.slice(0, -1)}0`) continue
    for (;;) {
      const isInside = after.id !== '~'
      const areas = await areasFrom(reader, {
        root,
        path: after.path,
        inclusive: isInside,
        limit: AREAS_AT_ONCE,
      })
      const [first] = areas
      if (first === undefined) break
      if (isInside && first.path === after.path)
        return restOfArea(reader, { tree, area: first, after: after.id, limit })
      const page = await pageOfAreas(reader, tree, areas, limit)
      if (page.householdIds.length > 0) return page
      after = { path: areas.at(-1)?.path ?? first.path, id: '~' }
    }
  }
  return { householdIds: [], next: null }
}

async function pageOfAreas(
  reader: Reader,
  tree: Tree,
  areas: readonly { readonly id: string; readonly path: string }[],
  limit: number,
): Promise<WalkPage> {
  const counts = await householdsPerArea(
    reader,
    tree,
    areas.map(({ id }) => id),
  )
  const taken: { id: string; path: string }[] = []
  let sum = 0
  let last = ''
  for (const area of areas) {
    const n = counts.get(area.id) ?? 0
    if (sum > 0 && sum + n > limit) break
    if (sum === 0 && n > limit) return restOfArea(reader, { tree, area, after: '', limit })
    sum += n
    last = area.path
    if (n > 0) taken.push(area)
  }
  if (taken.length === 0) return { householdIds: [], next: null }
  const rows = await householdIdsAt(
    reader,
    tree,
    taken.map(({ id }) => id),
  )
  const place = new Map(taken.map(({ id }, index) => [id, index]))
  // Stable, so that the ids of one knot keep their order.
  const sorted = [...rows].sort((a, b) => (place.get(a.areaId) ?? 0) - (place.get(b.areaId) ?? 0))
  return { householdIds: sorted.map(({ id }) => id), next: { path: last, id: '~' } }
}

async function restOfArea(
  reader: Reader,
  of: { tree: Tree; area: { id: string; path: string }; after: string; limit: number },
): Promise<WalkPage> {
  const { tree, area, after, limit } = of
  const ids = await householdIdsAfter(reader, tree, { areaId: area.id, after, limit })
  const last = ids.at(-1)
  const isWhole = ids.length < limit || last === undefined
  return { householdIds: ids, next: { path: area.path, id: isWhole ? '~' : last } }
}

/** Who has bound these households now. */
export async function membersOfHouseholds(
  reader: Reader,
  householdIds: readonly string[],
): Promise<{ householdId: string; residentId: string }[]> {
  return activeMembers(reader, householdIds)
}

const begins = (path: string | null, roots: readonly string[]): boolean =>
  path !== null && roots.some((root) => path.startsWith(root))

/** Which of these households stand below one of the roots, by place or by what feeds them. */
export async function householdsBelow(
  reader: Reader,
  householdIds: readonly string[],
  roots: Roots,
): Promise<Set<string>> {
  if (roots.place.length + roots.supply.length === 0) return new Set()
  const rows = await pathsOf(reader, householdIds)
  return new Set(
    rows
      .filter((row) => begins(row.placePath, roots.place) || begins(row.supplyPath, roots.supply))
      .map(({ id }) => id),
  )
}

/** The knots that a household hangs on: every one from the root down, of both trees. */
export async function knotsAbove(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, { companyId: string; supplyId: string | null; areaIds: readonly string[] }>> {
  const rows = await pathsOf(reader, [...new Set(householdIds)])
  const knots = (path: string | null): string[] => (path ?? '').split('/').filter((id) => id !== '')
  return new Map(
    rows.map(({ id, companyId, supplyId, placePath, supplyPath }) => [
      id,
      { companyId, supplyId, areaIds: [...knots(placePath), ...knots(supplyPath)] },
    ]),
  )
}

const IDS_AT_ONCE = 1000

/** The households with these account numbers; whoever asked hears which numbers are nobody's. */
export async function householdIdsOfAccounts(
  reader: Reader,
  companyId: string,
  accountNos: readonly string[],
): Promise<{ householdIds: string[]; unknown: string[] }> {
  const wanted = [...new Set(accountNos)]
  const householdIds: string[] = []
  const unknown: string[] = []
  for (let start = 0; start < wanted.length; start += IDS_AT_ONCE) {
    const some = wanted.slice(start, start + IDS_AT_ONCE)
    const found = await findByAccountNos(reader, companyId, some)
    for (const accountNo of some) {
      const row = found.get(accountNo)
      if (row) householdIds.push(row.id)
      else unknown.push(accountNo)
    }
  }
  return { householdIds, unknown }
}

/** Account number → household of this company; numbers that are nobody's are left out. */
export async function idsByAccountNo(
  reader: Reader,
  companyId: string,
  accountNos: readonly string[],
): Promise<Map<string, string>> {
  const found = await findByAccountNos(reader, companyId, accountNos)
  return new Map([...found].map(([accountNo, { id }]) => [accountNo, id]))
}

/** The knots of a company's place tree that have none above: below them stand all of its households. */
export async function placeRootsOf(reader: Reader, companyId: string): Promise<string[]> {
  return rootPaths(reader, companyId)
}

/**
 * How many households these are, each counted once, and how many people have bound them. Households that are named
 * come beside what stands below the roots, and are few enough to be looked at.
 */
export async function countHouseholds(
  reader: Reader,
  of: { readonly roots: Roots; readonly householdIds: readonly string[] },
): Promise<{ households: number; residents: number }> {
  const { households, residents } = await countCovered(reader, of.roots)
  const beside = new Set<string>()
  let named = 0
  for (let start = 0; start < of.householdIds.length; start += IDS_AT_ONCE) {
    const some = of.householdIds.slice(start, start + IDS_AT_ONCE)
    const inside = await householdsBelow(reader, some, of.roots)
    const outside = some.filter((id) => !inside.has(id))
    named += outside.length
    const people = new Set((await activeMembers(reader, outside)).map(({ residentId }) => residentId))
    const counted = await residentsCovered(reader, of.roots, [...people])
    for (const id of people) if (!counted.has(id)) beside.add(id)
  }
  return { households: households + named, residents: residents + beside.size }
}

/** Up to `most` households below the roots, spread evenly over the knots that have any, and within them. */
export async function sampleHouseholds(reader: Reader, roots: Roots, most: number): Promise<string[]> {
  const parts = [
    ...roots.place.map((root) => ({ tree: 'place' as const, root })),
    ...roots.supply.map((root) => ({ tree: 'supply' as const, root })),
  ]
  // More roots than are wanted: some of them, evenly.
  const chosen = evenly(parts.length, Math.min(most, parts.length)).flatMap((index) => parts[index] ?? [])
  const found = new Set<string>()
  for (const [index, part] of chosen.entries()) {
    const share =
      Math.floor(((index + 1) * most) / chosen.length) - Math.floor((index * most) / chosen.length)
    for (const id of await sampleOf(reader, part.tree, part.root, share)) found.add(id)
  }
  return [...found]
}

async function sampleOf(reader: Reader, tree: Tree, root: string, most: number): Promise<string[]> {
  const areas = await countPeopledAreas(reader, tree, root)
  const picks = evenly(areas, Math.min(most, areas))
  const found: string[] = []
  for (const [index, nth] of picks.entries()) {
    const areaId = await peopledArea(reader, tree, root, nth)
    if (areaId === null) continue
    const share = Math.floor(((index + 1) * most) / picks.length) - Math.floor((index * most) / picks.length)
    const n = (await householdsPerArea(reader, tree, [areaId])).get(areaId) ?? 0
    for (const place of evenly(n, Math.min(share, n))) {
      const id = await nthHouseholdAt(reader, tree, areaId, place)
      if (id !== null) found.push(id)
    }
  }
  return found
}

/** `count` numbers below `total`, as far from each other as they can be. */
function evenly(total: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((index * total) / count))
}
