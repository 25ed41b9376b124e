import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type HouseholdVisitRow, householdVisitTable } from './entities'

/** SQL over visits: who may act at a household for a while, because they hold its code. */

export async function openVisits(
  reader: Reader,
  residentIds: readonly string[],
  householdIds: readonly string[],
  now: number,
): Promise<HouseholdVisitRow[]> {
  return reader.query<HouseholdVisitRow>(
    `SELECT * FROM household_visit WHERE residentId IN (${placeholders(residentIds.length)})
      AND householdId IN (${placeholders(householdIds.length)}) AND until > ?`,
    [...residentIds, ...householdIds, now],
  )
}

/** Writes the visit, or moves the one that is there. */
export async function saveVisit(tx: Tx, row: HouseholdVisitRow): Promise<void> {
  const move = (): Promise<number> =>
    tx.execute('UPDATE household_visit SET codeId = ?, until = ? WHERE residentId = ? AND householdId = ?', [
      row.codeId,
      row.until,
      row.residentId,
      row.householdId,
    ])
  if ((await move()) > 0) return
  try {
    await tx.insert(householdVisitTable, row)
  } catch (error) {
    // The same person's second tap was faster.
    if (!isDuplicate(error)) throw error
    await move()
  }
}

export async function deleteVisitsOfCodes(tx: Tx, codeIds: readonly string[]): Promise<void> {
  await tx.execute(`DELETE FROM household_visit WHERE codeId IN (${placeholders(codeIds.length)})`, codeIds)
}

/** At most this many at a time: an hour has fewer, and a turn stays short. */
const FORGET_AT_ONCE = 5000

export async function deleteVisitsOver(tx: Tx, before: number): Promise<number> {
  const rows = await tx.query<Pick<HouseholdVisitRow, 'residentId' | 'householdId'>>(
    `SELECT residentId, householdId FROM household_visit WHERE until <= ? ORDER BY until LIMIT ${FORGET_AT_ONCE}`,
    [before],
  )
  for (const { residentId, householdId } of rows)
    await tx.execute('DELETE FROM household_visit WHERE residentId = ? AND householdId = ? AND until <= ?', [
      residentId,
      householdId,
      before,
    ])
  return rows.length
}
