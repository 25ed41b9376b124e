import type { Reader } from '../../core/db/database'
import { knotsAbove } from '../households'
import { type LiveNotice, noticesNaming, noticesOverAreas, subscribedAmong } from './affecting-store'

export type { LiveNotice } from './affecting-store'

/** A notice that covers a household, and how. */
export interface AffectingNotice extends LiveNotice {
  readonly householdIds: readonly string[]
}

/**
 * The live notices that cover any of these households: by a knot above them in either tree, or by name. Also those
 * restored at or after `restoredSince`, where it is given. The soonest begun first.
 */
export async function noticesAffecting(
  reader: Reader,
  householdIds: readonly string[],
  restoredSince = Number.MAX_SAFE_INTEGER,
): Promise<AffectingNotice[]> {
  if (householdIds.length === 0) return []
  const knots = await knotsAbove(reader, householdIds)
  const homesOf = new Map<string, string[]>()
  for (const [householdId, { areaIds }] of knots)
    for (const areaId of areaIds) homesOf.set(areaId, [...(homesOf.get(areaId) ?? []), householdId])
  const [overAreas, naming] = await Promise.all([
    noticesOverAreas(reader, [...homesOf.keys()], restoredSince),
    noticesNaming(reader, householdIds, restoredSince),
  ])
  const byId = new Map<string, { notice: LiveNotice; homes: Set<string> }>()
  const add = (notice: LiveNotice, homes: readonly string[]): void => {
    const known = byId.get(notice.id) ?? { notice, homes: new Set<string>() }
    for (const home of homes) known.homes.add(home)
    byId.set(notice.id, known)
  }
  for (const { areaId, ...notice } of overAreas) add(notice, homesOf.get(areaId) ?? [])
  for (const { householdId, ...notice } of naming) add(notice, [householdId])
  return [...byId.values()]
    .map(({ notice, homes }) => ({ ...notice, householdIds: [...homes] }))
    .sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0) || (a.id < b.id ? -1 : 1))
}

/** Which of these notices one person (all their ids) asked to hear of. */
export async function subscriptionsAmong(
  reader: Reader,
  noticeIds: readonly string[],
  residentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return subscribedAmong(reader, noticeIds, residentIds)
}
