import { placeholders, type Reader } from '../../core/db/database'

/** Where a household stands in the tree of places. */
export interface HouseholdArea {
  readonly householdId: string
  readonly areaId: string
  /** The ids from the root down, each followed by a slash. */
  readonly path: string
  /** All names from the root, joined by a slash, such as 松海园/41号楼/6单元. */
  readonly fullName: string
}

/** The places of these households; ids that do not exist are left out. */
export async function householdAreas(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdArea>> {
  if (householdIds.length === 0) return new Map()
  const rows = await reader.query<HouseholdArea>(
    `SELECT h.id AS householdId, a.id AS areaId, a.path, a.fullName
      FROM household h JOIN area a ON a.id = h.placeId WHERE h.id IN (${placeholders(householdIds.length)})`,
    householdIds,
  )
  return new Map(rows.map((row) => [row.householdId, row]))
}
