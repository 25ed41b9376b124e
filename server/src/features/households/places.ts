import type { CoreCtx } from '../../core/context'
import type { Reader } from '../../core/db/database'
import { areaIdsBelow, findAreas, findPlacesOf, type PlaceFacts } from './place-store'
import { openOwner } from './owner'
import { activeBindingsOfHousehold, findHouseholds } from './store'

/** Areas by id; ids that do not exist are left out. */
export async function areasByIds(reader: Reader, ids: readonly string[]): Promise<Map<string, PlaceFacts>> {
  const rows = await findAreas(reader, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, row]))
}

/** Where each household stands: its unit, building or community. Households without a known place are left out. */
export async function placesOfHouseholds(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, PlaceFacts>> {
  const rows = await findPlacesOf(reader, [...new Set(householdIds)])
  return new Map(rows.map(({ householdId, ...place }) => [householdId, place]))
}

/**
 * The building that a household stands in, with everything below it: neighbours share its pipes. A place without
 * buildings is its own neighbourhood. Null for a household without a known place.
 */
export async function neighbourhoodOf(
  reader: Reader,
  householdId: string,
): Promise<{ readonly unitId: string; readonly areaIds: readonly string[] } | null> {
  const home = (await placesOfHouseholds(reader, [householdId])).get(householdId)
  if (!home) return null
  if (home.kind !== 'unit' && home.kind !== 'building') return { unitId: home.id, areaIds: [home.id] }
  const ids = home.path.split('/').filter((id) => id !== '')
  const ownPath = home.kind === 'building' ? ids : ids.slice(0, -1)
  return { unitId: home.id, areaIds: await areaIdsBelow(reader, `${ownPath.join('/')}/`) }
}

/**
 * The name on file of a household's owner, opened, for whoever has bound it as its owner: what a form need not ask.
 * Null for anybody else.
 */
export async function ownNameOf(
  reader: Reader,
  ctx: CoreCtx,
  of: { readonly householdId: string; readonly residentIds: readonly string[] },
): Promise<string | null> {
  const bindings = await activeBindingsOfHousehold(reader, of.householdId)
  const mine = bindings.some((row) => row.role === 'owner' && of.residentIds.includes(row.residentId))
  const household = mine ? (await findHouseholds(reader, [of.householdId])).get(of.householdId) : undefined
  return household ? openOwner(ctx.vault, household).name : null
}
