import type { CoreCtx } from '../../core/context'
import type { Reader } from '../../core/db/database'
import { residentAliases } from '../identity'
import { endedTenures, heldBindings, lastChanges } from './handover-store'

/** From when on somebody may see what happened in a household; 0 for all of it. */
export interface History {
  /** Nothing before it is shown: the present holder's first moment, and for a tenant the day of binding. */
  readonly from: number
  /** Since when the present holder holds it. What was billed before is not theirs to pay. */
  readonly heldFrom: number
}

/**
 * The one cut of history. Every read of what happened in a household asks it: bills, consumption, readings, cases,
 * notices, cards. Households that are not bound to the resident now are left out. A tenant sees what came after they
 * were bound; owner, family and whoever acts for them all since the household last changed hands.
 */
export async function historyFrom(
  ctx: CoreCtx,
  residentId: string,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, History>> {
  const ids = [...new Set(householdIds)]
  if (ids.length === 0) return new Map()
  const { reader } = ctx.db
  const [own, changes] = await Promise.all([
    heldBindings(reader, [residentId], ids),
    lastChanges(reader, ids),
  ])
  const direct = new Set(own.map(({ householdId }) => householdId))
  const bindings =
    direct.size === ids.length
      ? own
      : await heldBindings(reader, await residentAliases(reader, residentId), ids)
  const found = new Map<string, History>()
  for (const { householdId, role, boundAt } of bindings) {
    const heldFrom = changes.get(householdId) ?? 0
    const from = role === 'tenant' ? Math.max(boundAt, heldFrom) : heldFrom
    const known = found.get(householdId)
    found.set(householdId, { from: Math.min(from, known?.from ?? from), heldFrom })
  }
  return found
}

/** Since when each of these households has its present holder, for whoever is not bound; 0 where it never changed. */
export async function heldFromOf(
  reader: Reader,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const changes = await lastChanges(reader, [...new Set(householdIds)])
  return new Map(householdIds.map((id) => [id, changes.get(id) ?? 0]))
}

/** A time in which somebody held or lived in a household that is another's now. */
export interface FormerHome {
  readonly householdId: string
  readonly from: number
  /** The first moment of whoever came after. */
  readonly until: number
}

/** Where the resident moved out: what was billed up to then and is still open stays theirs to see and to pay. */
export async function formerHomes(ctx: CoreCtx, residentId: string): Promise<FormerHome[]> {
  const { reader } = ctx.db
  const rows = await endedTenures(reader, await residentAliases(reader, residentId))
  // Who acted for somebody has no debts there.
  return rows
    .filter(({ role }) => role !== 'proxy')
    .map(({ householdId, role, boundAt, until, heldFrom }) => ({
      householdId,
      until: Number(until),
      from: Math.max(Number(heldFrom ?? 0), role === 'tenant' ? Number(boundAt) : 0),
    }))
}
