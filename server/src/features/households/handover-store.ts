import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type HandoverRow, handoverTable, type HouseholdRow } from './entities'
import type { HouseholdRole } from './schema'

/** SQL over changes of holder. Lock: the household's row. */

export async function lockHousehold(tx: Tx, id: string): Promise<HouseholdRow | null> {
  const rows = await tx.query<HouseholdRow>(`SELECT * FROM household WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function insertHandover(tx: Tx, row: HandoverRow): Promise<void> {
  await tx.insert(handoverTable, row)
}

export async function lockHandover(tx: Tx, id: string): Promise<HandoverRow | null> {
  const rows = await tx.query<HandoverRow>(`SELECT * FROM household_handover WHERE id = ?${tx.forUpdate}`, [
    id,
  ])
  return rows[0] ?? null
}

export async function findHandover(reader: Reader, id: string): Promise<HandoverRow | null> {
  const rows = await reader.query<HandoverRow>('SELECT * FROM household_handover WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function saveHandover(tx: Tx, row: HandoverRow): Promise<void> {
  await tx.execute('UPDATE household_handover SET state = ?, appliedAt = ?, withdrawnAt = ? WHERE id = ?', [
    row.state,
    row.appliedAt,
    row.withdrawnAt,
    row.id,
  ])
}

/** All changes of one household, the newest first. A household changes hands a few times in its life. */
export async function handoversOf(reader: Reader, householdId: string): Promise<HandoverRow[]> {
  return reader.query<HandoverRow>(
    'SELECT * FROM household_handover WHERE householdId = ? ORDER BY effectiveAt DESC, id DESC LIMIT 50',
    [householdId],
  )
}

export async function dueHandovers(reader: Reader, now: number, limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM household_handover WHERE state = 'planned' AND effectiveAt <= ?
      ORDER BY effectiveAt, id LIMIT ${limit}`,
    [now],
  )
  return rows.map(({ id }) => id)
}

/** When these households last changed hands; those that never did are left out. */
export async function lastChanges(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, number>> {
  if (householdIds.length === 0) return new Map()
  const rows = await reader.query<{ householdId: string; since: number }>(
    `SELECT householdId, MAX(effectiveAt) AS since FROM household_handover
      WHERE householdId IN (${placeholders(householdIds.length)}) AND state = 'applied' GROUP BY householdId`,
    householdIds,
  )
  return new Map(rows.map(({ householdId, since }) => [householdId, Number(since)]))
}

/** Whether a household changed hands after that moment, as it was carried out. */
export async function handedOverTo(reader: Reader, householdId: string, after: number): Promise<boolean> {
  const rows = await reader.query<{ id: string }>(
    "SELECT id FROM household_handover WHERE householdId = ? AND state = 'applied' AND appliedAt >= ? LIMIT 1",
    [householdId, after],
  )
  return rows.length > 0
}

/** Every household that was handed over at that moment or later. */
export async function handedOverSince(
  reader: Reader,
  since: number,
): Promise<{ readonly householdId: string; readonly appliedAt: number }[]> {
  return reader.query(
    "SELECT householdId, appliedAt FROM household_handover WHERE appliedAt >= ? AND state = 'applied'",
    [since],
  )
}

export interface HeldBinding {
  readonly householdId: string
  readonly role: HouseholdRole
  readonly boundAt: number
}

/** Their active bindings to these households, as far as a cut of history asks. */
export async function heldBindings(
  reader: Reader,
  residentIds: readonly string[],
  householdIds: readonly string[],
): Promise<HeldBinding[]> {
  return reader.query<HeldBinding>(
    `SELECT householdId, role, boundAt FROM binding
      WHERE residentId IN (${placeholders(residentIds.length)})
        AND householdId IN (${placeholders(householdIds.length)}) AND activeSlot = 1`,
    [...residentIds, ...householdIds],
  )
}

export interface EndedTenure {
  readonly householdId: string
  readonly until: number
  readonly role: HouseholdRole
  readonly boundAt: number
  /** The change before, where their own time began. */
  readonly heldFrom: number | null
}

/** The times of this person that a change of holder ended, and that still count. */
export async function endedTenures(reader: Reader, residentIds: readonly string[]): Promise<EndedTenure[]> {
  return reader.query<EndedTenure>(
    `SELECT b.householdId, b.role, b.boundAt, h.effectiveAt AS until,
        (SELECT MAX(e.effectiveAt) FROM household_handover e
          WHERE e.householdId = h.householdId AND e.state = 'applied' AND e.effectiveAt < h.effectiveAt) AS heldFrom
       FROM binding b JOIN household_handover h ON h.id = b.endedBy AND h.state = 'applied'
      WHERE b.residentId IN (${placeholders(residentIds.length)}) AND b.activeSlot IS NULL`,
    residentIds,
  )
}

/** Ends whoever was bound, but for those that stay, and answers whom. */
export async function endBindingsOf(
  tx: Tx,
  handover: Pick<HandoverRow, 'id' | 'householdId'>,
  kept: readonly string[],
  now: number,
): Promise<{ readonly id: string; readonly residentId: string }[]> {
  const rows = await tx.query<{ id: string; residentId: string }>(
    `SELECT id, residentId FROM binding WHERE householdId = ? AND activeSlot = 1${tx.forUpdate}`,
    [handover.householdId],
  )
  const ending = rows.filter(({ id }) => !kept.includes(id))
  for (const { id } of ending)
    await tx.execute(
      'UPDATE binding SET unboundAt = ?, activeSlot = NULL, isDefault = 0, endedBy = ? WHERE id = ?',
      [now, handover.id, id],
    )
  return ending
}

export async function deleteVisitsOf(tx: Tx, householdId: string): Promise<void> {
  await tx.execute('DELETE FROM household_visit WHERE householdId = ?', [householdId])
}

/** Whom a change of holder ended and who has not bound the household again since. */
export async function endedByHandover(
  tx: Tx,
  handoverId: string,
): Promise<{ readonly id: string; readonly residentId: string; readonly householdId: string }[]> {
  return tx.query(
    `SELECT b.id, b.residentId, b.householdId FROM binding b WHERE b.endedBy = ? AND NOT EXISTS
      (SELECT 1 FROM binding n WHERE n.residentId = b.residentId AND n.householdId = b.householdId AND n.activeSlot = 1)`,
    [handoverId],
  )
}

export async function reopenBinding(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE binding SET unboundAt = NULL, activeSlot = 1, endedBy = NULL WHERE id = ?', [id])
}
