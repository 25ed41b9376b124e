import { placeholders, type Reader } from '../../core/db/database'
import type { ReadingRow } from './entities'

export type AdoptedRow = Pick<ReadingRow, 'householdId' | 'period' | 'value' | 'correctedValue' | 'readAt'>

/** What these households reported since then and was taken, in no particular order. */
export async function adoptedSince(
  reader: Reader,
  householdIds: readonly string[],
  since: number,
): Promise<AdoptedRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<AdoptedRow>(
    `SELECT r.householdId, r.period, r.value, r.correctedValue, r.readAt
      FROM meter m JOIN meter_reading r ON r.meterId = m.id
      WHERE m.householdId IN (${placeholders(householdIds.length)}) AND r.state = 'adopted' AND r.activeSlot = 1
        AND r.readAt >= ?`,
    [...householdIds, since],
  )
}

export async function anyAdopted(reader: Reader, companyId: string, period: string): Promise<boolean> {
  const rows = await reader.query(
    "SELECT id FROM meter_reading WHERE companyId = ? AND period = ? AND state = 'adopted' LIMIT 1",
    [companyId, period],
  )
  return rows.length > 0
}
