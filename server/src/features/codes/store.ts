import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type CodeScanRow, codeScanTable, type HouseholdCodeRow, householdCodeTable } from './entities'
import type { RevokeReason } from './schema'

/** SQL over codes and the counts of their scans. */

export async function findByPublicId(reader: Reader, publicId: string): Promise<HouseholdCodeRow | null> {
  const rows = await reader.query<HouseholdCodeRow>('SELECT * FROM household_code WHERE publicId = ?', [
    publicId,
  ])
  return rows[0] ?? null
}

/** The code under a lock, so that it cannot be revoked while something is done by it. */
export async function lockCode(tx: Tx, id: string): Promise<HouseholdCodeRow | null> {
  const rows = await tx.query<HouseholdCodeRow>(`SELECT * FROM household_code WHERE id = ?${tx.forUpdate}`, [
    id,
  ])
  return rows[0] ?? null
}

export async function lockCodes(tx: Tx, ids: readonly string[]): Promise<HouseholdCodeRow[]> {
  if (ids.length === 0) return []
  return tx.query<HouseholdCodeRow>(
    `SELECT * FROM household_code WHERE id IN (${placeholders(ids.length)}) ORDER BY id${tx.forUpdate}`,
    ids,
  )
}

/** Household → its active code. */
export async function activeCodesOf(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdCodeRow>> {
  if (householdIds.length === 0) return new Map()
  const rows = await reader.query<HouseholdCodeRow>(
    `SELECT * FROM household_code WHERE householdId IN (${placeholders(householdIds.length)}) AND activeSlot = 1`,
    householdIds,
  )
  return new Map(rows.map((row) => [row.householdId, row]))
}

/** Household → the serial of its last code. */
export async function lastSerials(
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, number>> {
  if (householdIds.length === 0) return new Map()
  const rows = await reader.query<{ householdId: string; serial: number }>(
    `SELECT householdId, MAX(serial) AS serial FROM household_code
      WHERE householdId IN (${placeholders(householdIds.length)}) GROUP BY householdId`,
    householdIds,
  )
  return new Map(rows.map((row) => [row.householdId, Number(row.serial)]))
}

export async function insertCodes(tx: Tx, rows: readonly HouseholdCodeRow[]): Promise<void> {
  await tx.insert(householdCodeTable, rows)
}

export async function revokeRows(
  tx: Tx,
  ids: readonly string[],
  how: { readonly by: string; readonly why: RevokeReason; readonly now: number },
): Promise<void> {
  await tx.execute(
    `UPDATE household_code SET state = 'revoked', revokedAt = ?, revokedBy = ?, why = ?, activeSlot = NULL
      WHERE id IN (${placeholders(ids.length)}) AND activeSlot = 1`,
    [how.now, how.by, how.why, ...ids],
  )
}

/** One more scan of this code on this day. */
export async function addScan(tx: Tx, codeId: string, day: string): Promise<void> {
  const more = (): Promise<number> =>
    tx.execute('UPDATE code_scan SET scans = scans + 1 WHERE codeId = ? AND day = ?', [codeId, day])
  if ((await more()) > 0) return
  try {
    const first: CodeScanRow = { codeId, day, scans: 1 }
    await tx.insert(codeScanTable, first)
  } catch (error) {
    // The day's first two scans came at once.
    if (!isDuplicate(error)) throw error
    await more()
  }
}
