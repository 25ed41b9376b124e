import { placeholders, type Reader } from '../../core/db/database'
import type { ConversationRow } from './entities'

/** SQL about who waits, and what is due by itself. */

export type Waiting = Pick<ConversationRow, 'id' | 'companyId' | 'priority' | 'waitingSince'>

/** Longer queues than this have no exact place for those behind. */
const QUEUE_MOST = 2000

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

/** Whole rows of those who wait, the first one first. */
export async function waitingToGive(reader: Reader, limit: number): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE state = 'waiting'
      ORDER BY priority DESC, waitingSince, id LIMIT ${limit}`,
  )
}

/** Work of one look; what is left comes with the next, which follows at once. */
const BATCH = 100

/** What its agent let pass without a first answer. */
export async function answersMissed(reader: Reader, now: number): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE answerBy IS NOT NULL AND answerBy <= ? ORDER BY answerBy, id LIMIT ${BATCH}`,
    [now],
  )
}

/** Where residents wait for words of these agents. */
export async function unansweredOf(reader: Reader, staffIds: readonly string[]): Promise<ConversationRow[]> {
  if (staffIds.length === 0) return []
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE assigneeId IN (${placeholders(staffIds.length)}) AND state = 'active'
      AND unansweredSince IS NOT NULL ORDER BY lastAt, id LIMIT ${BATCH}`,
    staffIds,
  )
}

/** Everything that this agent has. */
export async function activeOf(reader: Reader, staffId: string): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE assigneeId = ? AND state = 'active' ORDER BY lastAt, id LIMIT ${BATCH}`,
    [staffId],
  )
}

/** Residents who wait since before then for an answer, and whose supervisors were not told of it. */
export async function forgotten(
  reader: Reader,
  companyId: string,
  before: number,
): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE companyId = ? AND state IN ('waiting', 'active') AND unansweredSince <= ?
      AND (escalatedAt IS NULL OR escalatedAt < unansweredSince) ORDER BY unansweredSince, id LIMIT ${BATCH}`,
    [companyId, before],
  )
}

/** Where everything is answered and nobody said a word since then. */
export async function idleSince(
  reader: Reader,
  of: {
    readonly companyId: string
    readonly state: 'active' | 'bot'
    readonly before: number
    readonly warned: boolean
  },
): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE companyId = ? AND state = ? AND lastAt <= ?
      AND unansweredSince IS NULL AND idleWarnedAt IS ${of.warned ? 'NOT NULL' : 'NULL'}
      ORDER BY lastAt, id LIMIT ${BATCH}`,
    [of.companyId, of.state, of.before],
  )
}

/** Warm hand-overs that nobody took in time. */
export async function offersOver(reader: Reader, now: number): Promise<ConversationRow[]> {
  return reader.query<ConversationRow>(
    `SELECT * FROM conversation WHERE offerUntil IS NOT NULL AND offerUntil <= ? ORDER BY offerUntil, id LIMIT ${BATCH}`,
    [now],
  )
}

/** Whether this person called for somebody since then and nobody came, in another conversation. */
export async function waitedInVain(
  reader: Reader,
  of: { readonly residentIds: readonly string[]; readonly exceptId: string; readonly since: number },
): Promise<boolean> {
  if (of.residentIds.length === 0) return false
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM conversation WHERE residentId IN (${placeholders(of.residentIds.length)}) AND lastAt >= ?
      AND id <> ? AND calledAt >= ? AND firstAnswerAt IS NULL LIMIT 1`,
    [...of.residentIds, of.since, of.exceptId, of.since],
  )
  return rows.length > 0
}
