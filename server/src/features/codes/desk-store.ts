import { placeholders, type Reader } from '../../core/db/database'
import type { CodeScanRow, HouseholdCodeRow } from './entities'

/** What the console asks of codes. */

/** Every code these households ever had, the newest first. */
export async function codesOf(reader: Reader, householdIds: readonly string[]): Promise<HouseholdCodeRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<HouseholdCodeRow>(
    `SELECT * FROM household_code WHERE householdId IN (${placeholders(householdIds.length)})
      ORDER BY householdId, serial DESC`,
    householdIds,
  )
}

export async function findCode(reader: Reader, id: string): Promise<HouseholdCodeRow | null> {
  const rows = await reader.query<HouseholdCodeRow>('SELECT * FROM household_code WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Codes of a company whose public id begins with these eight hex characters. */
export async function codesNumbered(
  reader: Reader,
  companyId: string,
  prefix: string,
): Promise<HouseholdCodeRow[]> {
  return reader.query<HouseholdCodeRow>(
    // `g` is the letter after the last one of hex.
    'SELECT * FROM household_code WHERE publicId >= ? AND publicId < ? AND companyId = ? LIMIT 10',
    [prefix, `${prefix}g`, companyId],
  )
}

/** Households of a company with a code, and those that had one only. */
export async function countCompanyCodes(
  reader: Reader,
  companyId: string,
): Promise<{ withCode: number; revoked: number }> {
  const [active] = await reader.query<{ n: number }>(
    'SELECT COUNT(*) AS n FROM household_code WHERE companyId = ? AND activeSlot = 1',
    [companyId],
  )
  const [revoked] = await reader.query<{ n: number }>(
    `SELECT COUNT(DISTINCT c.householdId) AS n FROM household_code c
      WHERE c.companyId = ? AND c.activeSlot IS NULL
        AND NOT EXISTS (SELECT 1 FROM household_code a WHERE a.householdId = c.householdId AND a.activeSlot = 1)`,
    [companyId],
  )
  return { withCode: Number(active?.n ?? 0), revoked: Number(revoked?.n ?? 0) }
}

/** Scans of these codes, day by day from that day on. */
export async function scansSince(
  reader: Reader,
  codeIds: readonly string[],
  day: string,
): Promise<CodeScanRow[]> {
  if (codeIds.length === 0) return []
  return reader.query<CodeScanRow>(
    `SELECT codeId, day, scans FROM code_scan WHERE codeId IN (${placeholders(codeIds.length)}) AND day >= ?
      ORDER BY day`,
    [...codeIds, day],
  )
}
