import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type Door, type DoorPosition, doorsInOrder, doorsOf } from '../households'
import type { HouseholdCodeRow } from './entities'
import { makeCodes } from './make-code'
import { lockOrder, saveOrder } from './order-store'
import type { CodeOrderRow } from './print-entities'
import { activeCodesOf, lastSerials } from './store'

/** What an order has before it; one household is a walk of one door. */
export async function nextDoors(
  ctx: Ctx,
  row: CodeOrderRow,
  after: DoorPosition | null,
  limit: number,
): Promise<{ doors: Door[]; next: DoorPosition | null }> {
  const { reader } = ctx.db
  const { companyId, areaId, householdId } = row
  if (householdId === null) return doorsInOrder(reader, { companyId, areaId, after, limit })
  const doors = await doorsOf(reader, { companyId, areaId: areaId ?? '', householdIds: [householdId] })
  return { doors, next: null }
}

/**
 * The active code of each of these households, made where there never was one; those whose code was revoked and not
 * renewed are left out, because somebody meant it, unless the order is for this one household.
 */
export async function codesFor(
  ctx: Ctx,
  row: CodeOrderRow,
  doors: readonly Door[],
): Promise<Map<string, HouseholdCodeRow>> {
  const ids = doors.map(({ id: householdId }) => householdId)
  return inTransaction(ctx, async (tx) => {
    const there = await activeCodesOf(tx, ids)
    const missing = doors.filter((door) => !there.has(door.id))
    if (missing.length === 0) return there
    const had =
      row.householdId === null
        ? await lastSerials(
            tx,
            missing.map((door) => door.id),
          )
        : new Map<string, number>()
    const wanted = doors.filter((door) => there.has(door.id) || !had.has(door.id))
    const codes = await makeCodes(tx, ctx, wanted, `staff:${row.createdBy}`)
    const locked = await lockOrder(tx, row.id)
    if (locked !== null) await saveOrder(tx, { ...locked, made: locked.made + codes.size - there.size })
    return codes
  })
}

/** Moves the order on by one step, unless it was cancelled or somebody else did. Answers whether it was moved. */
export async function moveOrder(
  ctx: Ctx,
  row: CodeOrderRow,
  change: (locked: CodeOrderRow) => CodeOrderRow,
): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockOrder(tx, row.id)
    if (locked === null || locked.state !== 'running' || locked.step !== row.step) return false
    await saveOrder(tx, { ...change(locked), step: locked.step + 1, updatedAt: ctx.clock.now() })
    return true
  })
}

export const ended = (ctx: Ctx) => ({ state: 'done' as const, endedAt: ctx.clock.now() })

export const positionOf = (row: CodeOrderRow): DoorPosition | null =>
  row.afterAreaId === null || row.afterHouseholdId === null || row.afterAddress === null
    ? null
    : { areaId: row.afterAreaId, householdId: row.afterHouseholdId, address: row.afterAddress }

export const placeOf = (position: DoorPosition | null) => ({
  afterAreaId: position?.areaId ?? null,
  afterHouseholdId: position?.householdId ?? null,
  afterAddress: position?.address ?? null,
})
