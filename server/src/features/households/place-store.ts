import { placeholders, type Reader } from '../../core/db/database'

/** A knot of the place tree, for features that sort by place: requests, teams, notices. */
export interface PlaceFacts {
  readonly id: string
  readonly companyId: string
  readonly kind: string
  readonly name: string
  /** All names from the root, joined by a slash. */
  readonly fullName: string
  /** The ids from the root down to this one, each followed by a slash. */
  readonly path: string
}

/** The place tree as other features read it; area-store.ts is how imports write it. */

export async function findAreas(reader: Reader, ids: readonly string[]): Promise<PlaceFacts[]> {
  if (ids.length === 0) return []
  return reader.query<PlaceFacts>(
    `SELECT id, companyId, kind, name, fullName, path FROM area WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
}

export async function findPlacesOf(
  reader: Reader,
  householdIds: readonly string[],
): Promise<(PlaceFacts & { householdId: string })[]> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT h.id AS householdId, a.id, a.companyId, a.kind, a.name, a.fullName, a.path
      FROM household h JOIN area a ON a.id = h.placeId WHERE h.id IN (${placeholders(householdIds.length)})`,
    householdIds,
  )
}

/** Far more units than any building has. */
const BELOW_MAX = 200

/** The ids of the knot with this path and of everything below it. */
export async function areaIdsBelow(reader: Reader, path: string): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM area WHERE path >= ? AND path < ? ORDER BY path LIMIT ${BELOW_MAX}`,
    // Everything below shares the path as its beginning; `0` is the letter after the slash.
    [path, `${path.slice(0, -1)}0`],
  )
  return rows.map((row) => row.id)
}

/** Stations and places with whom to turn to, sealed as the import wrote it; at most as many as were asked for. */
export async function contactsOfAreas(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; name: string; contactSealed: string | null }[]> {
  if (ids.length === 0) return []
  const wanted = [...new Set(ids)]
  return reader.query(
    `SELECT id, name, contactSealed FROM area WHERE id IN (${placeholders(wanted.length)})`,
    wanted,
  )
}
