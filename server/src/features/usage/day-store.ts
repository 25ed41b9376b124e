import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type UsageDayRow, usageDayTable } from './entities'

/** SQL over single days. A household's days are one range of the primary key; what is old is found by its own index. */

/** One household's days, oldest first. */
export async function daysOf(
  reader: Reader,
  householdId: string,
  fromDay: string,
  limit: number,
): Promise<UsageDayRow[]> {
  return reader.query<UsageDayRow>(
    `SELECT householdId, day, quantityMilli, importedAt FROM usage_day
      WHERE householdId = ? AND day >= ? ORDER BY day LIMIT ${limit}`,
    [householdId, fromDay],
  )
}

/** The days of many households from one day on, in no particular order. */
export async function daysSince(
  reader: Reader,
  householdIds: readonly string[],
  fromDay: string,
): Promise<UsageDayRow[]> {
  if (householdIds.length === 0) return []
  return reader.query<UsageDayRow>(
    `SELECT householdId, day, quantityMilli, importedAt FROM usage_day
      WHERE householdId IN (${placeholders(householdIds.length)}) AND day >= ?`,
    [...householdIds, fromDay],
  )
}

/** What is known already of these households in this span. */
export async function daysWithin(
  reader: Reader,
  householdIds: readonly string[],
  span: { readonly from: string; readonly to: string },
): Promise<Pick<UsageDayRow, 'householdId' | 'day' | 'quantityMilli'>[]> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT householdId, day, quantityMilli FROM usage_day
      WHERE householdId IN (${placeholders(householdIds.length)}) AND day >= ? AND day <= ?`,
    [...householdIds, span.from, span.to],
  )
}

export async function insertDays(tx: Tx, rows: readonly UsageDayRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(usageDayTable, rows)
}

export async function correctDay(tx: Tx, row: UsageDayRow): Promise<void> {
  await tx.execute(
    'UPDATE usage_day SET quantityMilli = ?, importedAt = ? WHERE householdId = ? AND day = ?',
    [row.quantityMilli, row.importedAt, row.householdId, row.day],
  )
}

export async function oldDays(
  reader: Reader,
  beforeDay: string,
  limit: number,
): Promise<Pick<UsageDayRow, 'householdId' | 'day'>[]> {
  return reader.query(
    `SELECT householdId, day FROM usage_day WHERE day < ? ORDER BY day, householdId LIMIT ${limit}`,
    [beforeDay],
  )
}

/** Deletes these households' figures of one day. */
export async function deleteDays(tx: Tx, day: string, householdIds: readonly string[]): Promise<void> {
  await tx.execute(
    `DELETE FROM usage_day WHERE day = ? AND householdId IN (${placeholders(householdIds.length)})`,
    [day, ...householdIds],
  )
}
