import { placeholders, type Reader } from '../../core/db/database'

/** What people paid who came by a household's printed code; what went back again is left out. */
export async function paidByCodes(
  reader: Reader,
  codeIds: readonly string[],
): Promise<Map<string, { payments: number; paidFen: number }>> {
  if (codeIds.length === 0) return new Map()
  const rows = await reader.query<{ codeId: string; payments: number | string; paidFen: number | string }>(
    `SELECT codeId, COUNT(*) AS payments, SUM(amountFen) AS paidFen FROM payment
      WHERE codeId IN (${placeholders(codeIds.length)}) AND state = 'paid' GROUP BY codeId`,
    codeIds,
  )
  return new Map(
    rows.map((row) => [row.codeId, { payments: Number(row.payments), paidFen: Number(row.paidFen) }]),
  )
}
