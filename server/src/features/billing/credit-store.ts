import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type CreditRow, creditTable } from './entities'

export async function addCredits(tx: Tx, rows: readonly CreditRow[]): Promise<void> {
  await tx.insert(creditTable, rows)
}

/** What each payment left as credit, in fen. */
export async function creditsOfPayments(
  reader: Reader,
  paymentIds: readonly string[],
): Promise<Map<string, number>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await reader.query<{ paymentId: string; fen: number }>(
    `SELECT paymentId, SUM(amountFen) AS fen FROM household_credit
      WHERE paymentId IN (${placeholders(paymentIds.length)}) GROUP BY paymentId`,
    paymentIds,
  )
  return new Map(rows.map((row) => [row.paymentId, Number(row.fen)]))
}

/** Every credit of these households, newest first; a household has few. */
export function creditsOfHouseholds(reader: Reader, householdIds: readonly string[]): Promise<CreditRow[]> {
  if (householdIds.length === 0) return Promise.resolve([])
  return reader.query<CreditRow>(
    `SELECT * FROM household_credit WHERE householdId IN (${placeholders(householdIds.length)})
      ORDER BY createdAt DESC LIMIT 200`,
    householdIds,
  )
}
