import { placeholders, type Reader } from '../../core/db/database'
import type { PlaceFacts } from './places'

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
