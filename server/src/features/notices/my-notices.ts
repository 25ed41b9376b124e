import type { Ctx } from '../../platforms/context'
import { historyFrom, type HouseholdSummary, householdsOf, knotsAbove } from '../households'
import { residentAliases } from '../identity'
import { subscriptionsAmong } from './affecting'
import type { ReaderOfNotice } from './public-facts'
import { shownNaming, shownOver } from './public-store'

/** How shown notices concern one resident. */
export interface MyNotices {
  readonly households: readonly HouseholdSummary[]
  /** Notice → which of my households it covers. */
  readonly covering: ReadonlyMap<string, readonly HouseholdSummary[]>
  readonly aliases: readonly string[]
}

/** Which shown notices cover my households: by a knot of either tree above them, or by name. */
export async function myNotices(ctx: Ctx, residentId: string, since: number): Promise<MyNotices> {
  const { reader } = ctx.db
  const [aliases, households] = await Promise.all([
    residentAliases(reader, residentId),
    householdsOf(ctx, residentId),
  ])
  const ids = households.map(({ id }) => id)
  const histories = await historyFrom(ctx, residentId, ids)
  // What was over before they came never cut their supply; what goes on does.
  const wasThere = (householdId: string, until: number | null): boolean =>
    until === null || Number(until) >= (histories.get(householdId)?.from ?? Infinity)
  const knots = await knotsAbove(reader, ids)
  const homesAt = new Map<string, Set<string>>()
  for (const [householdId, { areaIds }] of knots)
    for (const areaId of areaIds) homesAt.set(areaId, (homesAt.get(areaId) ?? new Set()).add(householdId))
  const covered = new Map<string, Set<string>>()
  const cover = (noticeId: string, householdId: string): void =>
    void covered.set(noticeId, (covered.get(noticeId) ?? new Set()).add(householdId))
  for (const { noticeId, areaId, goesOnUntil } of await shownOver(reader, [...homesAt.keys()], since))
    for (const householdId of homesAt.get(areaId) ?? [])
      if (wasThere(householdId, goesOnUntil)) cover(noticeId, householdId)
  for (const { noticeId, householdId, goesOnUntil } of await shownNaming(reader, ids, since))
    if (wasThere(householdId, goesOnUntil)) cover(noticeId, householdId)
  return {
    households,
    aliases,
    covering: new Map(
      [...covered].map(([noticeId, homes]) => [noticeId, households.filter(({ id }) => homes.has(id))]),
    ),
  }
}

/** The same for a list of notices, as their readers see it; empty for a stranger. */
export async function readersOf(
  ctx: Ctx,
  noticeIds: readonly string[],
  since: number,
): Promise<(noticeId: string) => ReaderOfNotice> {
  if (!ctx.resident) return () => ({ mine: [], subscribed: false })
  const mine = await myNotices(ctx, ctx.resident.id, since)
  const subscribed = await subscriptionsAmong(ctx.db.reader, noticeIds, mine.aliases)
  return (noticeId) => readerOf(mine, subscribed, noticeId)
}

export function readerOf(mine: MyNotices, subscribed: ReadonlySet<string>, noticeId: string): ReaderOfNotice {
  const homes = mine.covering.get(noticeId) ?? []
  return {
    mine: homes.map(({ id, shortAddress }) => ({ householdId: id, shortAddress })),
    subscribed: subscribed.has(noticeId),
  }
}
