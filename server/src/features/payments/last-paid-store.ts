import { placeholders, type Reader } from '../../core/db/database'

/** When money last reached any of these bills through us, and how much of it; null when it never did. */
export async function lastPaidOfBills(
  reader: Reader,
  billIds: readonly string[],
): Promise<{ amountFen: number; at: number } | null> {
  if (billIds.length === 0) return null
  const rows = await reader.query<{ amountFen: number | string; at: number }>(
    `SELECT SUM(b.allocatedFen) AS amountFen, p.paidAt AS at FROM payment_bill AS b
      JOIN payment AS p ON p.id = b.paymentId
      WHERE b.billId IN (${placeholders(billIds.length)}) AND b.allocatedFen > 0 AND p.paidAt IS NOT NULL
      GROUP BY p.id, p.paidAt ORDER BY p.paidAt DESC LIMIT 1`,
    billIds,
  )
  const row = rows[0]
  return row ? { amountFen: Number(row.amountFen), at: row.at } : null
}
