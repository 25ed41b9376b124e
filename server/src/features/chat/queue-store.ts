import { placeholders, type Reader } from '../../core/db/database'
import type { ConversationRow } from './entities'

/** SQL about who waits, and what is due by itself. */

export type Waiting = Pick<ConversationRow, 'id' | 'companyId' | 'priority' | 'waitingSince'>

/** Longer queues than this have no exact place for those behind. */
export const QUEUE_MOST = 2000

/** Who waits for a person, the first one first. */
export async function waitingOf(reader: Reader, companyIds: readonly string[]): Promise<Waiting[]> {
  if (companyIds.length === 0) return []
  return reader.query<Waiting>(
    `SELECT id, companyId, priority, waitingSince FROM conversation
      WHERE state = 'waiting' AND companyId IN (${placeholders(companyIds.length)})
      ORDER BY priority DESC, waitingSince, id LIMIT ${QUEUE_MOST}`,
    companyIds,
  )
}

/** How many got their first words of a person since then, and when the first of them did. */
export async function answeredSince(
  reader: Reader,
  companyId: string,
  since: number,
): Promise<{ count: number; firstAt: number | null }> {
  const rows = await reader.query<{ n: number | string; firstAt: number | string | null }>(
    `SELECT COUNT(*) AS n, MIN(firstAnswerAt) AS firstAt FROM conversation
      WHERE companyId = ? AND state IN ('active', 'closed') AND lastAt >= ? AND firstAnswerAt >= ?`,
    [companyId, since, since],
  )
  const { n = 0, firstAt = null } = rows[0] ?? {}
  return { count: Number(n), firstAt: firstAt === null ? null : Number(firstAt) }
}
