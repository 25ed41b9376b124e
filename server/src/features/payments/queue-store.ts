import type { Reader } from '../../core/db/database'

/** How many rows wait in each queue; every count runs over an index that holds only what waits, or little more. */
export async function queueDepths(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.query<{ queue: string; n: number }>(
    `SELECT 'refunds' AS queue, COUNT(*) AS n FROM refund WHERE nextAttemptAt IS NOT NULL
      UNION ALL SELECT 'exceptions', COUNT(*) FROM payment_exception WHERE resolvedAt IS NULL
      UNION ALL SELECT 'dead-jobs', COUNT(*) FROM job WHERE state = 'dead'
      UNION ALL SELECT 'unreadable-notices', COUNT(*) FROM payment_notice WHERE outcome = 'undecrypted'`,
  )
  const companies = await reader.query<{ companyId: string; n: number }>(
    "SELECT companyId, COUNT(*) AS n FROM writeback WHERE state = 'due' GROUP BY companyId",
  )
  return new Map([
    ...rows.map((row): [string, number] => [row.queue, Number(row.n)]),
    ...companies.map((row): [string, number] => [`writeback:${row.companyId}`, Number(row.n)]),
  ])
}

/** Verified notices that our key could not open, newest first, not older than `since`. */
export function unreadableNotices(
  reader: Reader,
  since: number,
  limit: number,
): Promise<{ id: string; channel: 'wechat' | 'alipay'; rawSealed: string }[]> {
  return reader.query(
    `SELECT id, channel, rawSealed FROM payment_notice WHERE outcome = 'undecrypted' AND receivedAt >= ?
      ORDER BY id DESC LIMIT ${limit}`,
    [since],
  )
}
