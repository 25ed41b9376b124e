import type { CoreCtx } from '../../core/context'
import type { Database } from '../../core/db/database'
import { staffByIds, teamsOf } from '../staff'

/** Colleagues and teams are called the same for months, and every line of the inbox names some. */
const KEPT_MS = 15_000
const KEPT_MAX = 20_000

interface Kept {
  readonly staff: Map<string, { name: string | null; until: number }>
  readonly teams: Map<string, { names: Map<string, string>; until: number }>
}

const kept = new WeakMap<Database, Kept>()

function keptFor(ctx: CoreCtx): Kept {
  const known = kept.get(ctx.db) ?? { staff: new Map(), teams: new Map() }
  if (known.staff.size > KEPT_MAX) known.staff.clear()
  kept.set(ctx.db, known)
  return known
}

export interface Named {
  readonly id: string
  readonly name: string
}
export type NameOf = (id: string | null) => Named | null

/** What staff and teams are called, for lists; somebody who is gone from the accounts has no name. */
export async function namesFor(
  ctx: CoreCtx,
  rows: readonly { companyId: string; teamId: string | null; assigneeId: string | null }[],
): Promise<{ staff: NameOf; team: NameOf }> {
  const { staff, teams } = keptFor(ctx)
  const now = ctx.clock.now()
  const stale = <T>(entry: { until: number } | undefined, _of: T): boolean => !entry || entry.until <= now
  const ids = new Set(rows.flatMap(({ assigneeId }) => (assigneeId === null ? [] : [assigneeId])))
  const unknown = [...ids].filter((id) => stale(staff.get(id), id))
  const companies = new Set(rows.flatMap(({ companyId, teamId }) => (teamId === null ? [] : [companyId])))
  const unread = [...companies].filter((id) => stale(teams.get(id), id))
  if (unknown.length > 0 || unread.length > 0) {
    const [people, ...lists] = await Promise.all([
      unknown.length === 0 ? new Map<string, Named>() : staffByIds(ctx.db.reader, unknown),
      ...unread.map((companyId) => teamsOf(ctx.db.reader, companyId)),
    ])
    for (const id of unknown) staff.set(id, { name: people.get(id)?.name ?? null, until: now + KEPT_MS })
    for (const [index, companyId] of unread.entries())
      teams.set(companyId, {
        names: new Map((lists[index] ?? []).map(({ id, name }) => [id, name])),
        until: now + KEPT_MS,
      })
  }
  const teamNames = new Map([...companies].flatMap((id) => [...(teams.get(id)?.names ?? [])]))
  return {
    staff: (id) => named(id, id === null ? null : staff.get(id)?.name),
    team: (id) => named(id, id === null ? null : teamNames.get(id)),
  }
}

const named = (id: string | null, name: string | null | undefined): Named | null =>
  id === null ? null : { id, name: name ?? '已离职' }
