import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type UsageAlertRow, usageAlertTable } from './entities'

/** The alerts that these households have had, as `household period`. */
export async function alertsAmong(reader: Reader, householdIds: readonly string[]): Promise<Set<string>> {
  if (householdIds.length === 0) return new Set()
  const rows = await reader.query<Pick<UsageAlertRow, 'householdId' | 'period'>>(
    `SELECT householdId, period FROM usage_alert WHERE householdId IN (${placeholders(householdIds.length)})`,
    [...householdIds],
  )
  return new Set(rows.map(({ householdId, period }) => `${householdId} ${period}`))
}

export async function findAlert(
  reader: Reader,
  householdId: string,
  period: string,
): Promise<UsageAlertRow | null> {
  const rows = await reader.query<UsageAlertRow>(
    'SELECT * FROM usage_alert WHERE householdId = ? AND period = ?',
    [householdId, period],
  )
  return rows[0] ?? null
}

export async function insertAlert(tx: Tx, row: UsageAlertRow): Promise<void> {
  await tx.insert(usageAlertTable, row)
}
