import type { Reader } from '../../core/db/database'
import {
  countBelow,
  countOfCompany,
  type DoorRow,
  doorsAt,
  type Knot,
  knotById,
  knotsBelow,
} from './doors-store'
import { byDoor } from './natural-order'

/** A household as one finds it: what stands at a door is printed on its sticker, and nothing else of it. */
export interface Door {
  readonly id: string
  readonly companyId: string
  /** The place that it stands in: a unit, a building, or a community. */
  readonly areaId: string
  readonly areaPath: string
  readonly community: string
  /** Building and unit, such as 41号楼1单元; empty where the address is not written like that. */
  readonly place: string
  /** What is behind them, such as 404. */
  readonly room: string
  /** From here the walk goes on. */
  readonly position: DoorPosition
}

/** The last door that was handed out; its address keeps the place when the household has moved away meanwhile. */
export interface DoorPosition {
  readonly areaId: string
  readonly address: string
  readonly householdId: string
}

export interface DoorsWanted {
  readonly companyId: string
  /** Null is the whole company. */
  readonly areaId: string | null
  readonly after: DoorPosition | null
  readonly limit: number
}

/**
 * Households of a company or below one of its places, in the order in which somebody walks from door to door: by the
 * names of the places as people count (2号楼 before 10号楼), then by room. Each step reads one place and its neighbours,
 * so a city is walked in as little memory as a building. `next` is null when there are no more.
 */
export async function doorsInOrder(
  reader: Reader,
  wanted: DoorsWanted,
): Promise<{ doors: Door[]; next: DoorPosition | null }> {
  const walk = walkOf(reader, wanted)
  let knot = await walk.begin()
  let { after } = wanted
  const doors: Door[] = []
  while (knot !== null) {
    const rows = (await doorsAt(reader, knot.id)).sort(byAddress)
    const from = after === null ? 0 : rows.findIndex((row) => after !== null && isBehind(row, after))
    const left = from === -1 ? [] : rows.slice(from)
    const taken = left.slice(0, wanted.limit - doors.length)
    if (taken.length > 0) doors.push(...(await presented(walk, knot, taken)))
    if (doors.length >= wanted.limit) return { doors, next: doors.at(-1)?.position ?? null }
    after = null
    knot = await walk.following(knot)
  }
  return { doors, next: null }
}

/** Where the walk goes on behind this household; null when it does not stand at that place. */
export async function doorPosition(
  reader: Reader,
  areaId: string,
  householdId: string,
): Promise<DoorPosition | null> {
  const row = (await doorsAt(reader, areaId)).find(({ id }) => id === householdId)
  return row ? { areaId, householdId, address: row.addressText } : null
}

/** How many households doorsInOrder would hand out. */
export async function countDoors(
  reader: Reader,
  of: { readonly companyId: string; readonly areaPath: string | null },
): Promise<number> {
  return of.areaPath === null ? countOfCompany(reader, of.companyId) : countBelow(reader, of.areaPath)
}

/** Some households as doors, in the order of their addresses; for those that are named one by one. */
export async function doorsOf(
  reader: Reader,
  of: { readonly companyId: string; readonly areaId: string; readonly householdIds: readonly string[] },
): Promise<Door[]> {
  const walk = walkOf(reader, { ...of, after: null, limit: 1 })
  const knot = await knotById(reader, of.areaId)
  if (knot === null) return []
  const rows = (await doorsAt(reader, knot.id)).filter(({ id }) => of.householdIds.includes(id))
  return presented(walk, knot, rows.sort(byAddress))
}

const byAddress = (a: DoorRow, b: DoorRow): number =>
  byDoor(a.addressText, b.addressText) || (a.id < b.id ? -1 : 1)

const isBehind = (row: DoorRow, after: DoorPosition): boolean =>
  (byDoor(row.addressText, after.address) ||
    (row.id > after.householdId ? 1 : row.id < after.householdId ? -1 : 0)) > 0

interface Walk {
  begin(): Promise<Knot | null>
  following(knot: Knot): Promise<Knot | null>
  knot(id: string): Promise<Knot | null>
}

/** Steps through the tree of places: a place, what is below it, then its next neighbour. */
function walkOf(reader: Reader, { companyId, areaId, after }: DoorsWanted): Walk {
  const below = new Map<string | null, Promise<Knot[]>>()
  const children = (parentId: string | null): Promise<Knot[]> => {
    const known = below.get(parentId)
    if (known) return known
    const read = knotsBelow(reader, companyId, parentId).then((knots) =>
      knots.sort((a, b) => byDoor(a.name, b.name) || (a.id < b.id ? -1 : 1)),
    )
    below.set(parentId, read)
    return read
  }
  const knots = new Map<string, Promise<Knot | null>>()
  const knot = (id: string): Promise<Knot | null> => {
    const known = knots.get(id) ?? knotById(reader, id)
    knots.set(id, known)
    return known
  }
  return {
    knot,
    begin: async () => {
      if (after !== null) return knot(after.areaId)
      return areaId === null ? ((await children(null))[0] ?? null) : knot(areaId)
    },
    following: async (from) => {
      const first = (await children(from.id))[0]
      if (first !== undefined) return first
      below.delete(from.id)
      for (let at: Knot | null = from; at !== null && at.id !== areaId; ) {
        const neighbours = await children(at.parentId)
        const index = neighbours.findIndex(({ id }) => id === at?.id)
        const next = neighbours[index + 1]
        if (next !== undefined) return next
        // The last of them is behind us, and so is whatever they were read for.
        below.delete(at.parentId)
        at = at.parentId === null ? null : await knot(at.parentId)
      }
      return null
    },
  }
}

async function presented(walk: Walk, knot: Knot, rows: readonly DoorRow[]): Promise<Door[]> {
  const ids = knot.path.split('/').filter((id) => id !== '')
  const way = (await Promise.all(ids.map((id) => (id === knot.id ? knot : walk.knot(id))))).filter(
    (one) => one !== null,
  )
  const named = (kind: string): string => way.find((one) => one.kind === kind)?.name ?? ''
  const [community, place] = [named('community'), `${named('building')}${named('unit')}`]
  return rows.map(({ id, companyId, addressText }) => ({
    id,
    companyId,
    areaId: knot.id,
    areaPath: knot.path,
    community,
    place,
    position: { areaId: knot.id, address: addressText, householdId: id },
    room: behind(addressText, [named('district'), community, named('building'), named('unit')]),
  }))
}

/** What is left of an address behind the names of the places; nothing where it is not written in their order. */
function behind(address: string, names: readonly string[]): string {
  let rest = address
  for (const name of names) {
    if (rest.startsWith(name)) rest = rest.slice(name.length)
    else if (name !== '') return ''
  }
  return rest
}
