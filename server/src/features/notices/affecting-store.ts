import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type FeedbackRow, feedbackTable, type NoticeRow } from './entities'

export type LiveNotice = Pick<
  NoticeRow,
  'id' | 'companyId' | 'kind' | 'state' | 'title' | 'startsAt' | 'endsAt' | 'restoredAt' | 'cutsSupply'
>

const FACTS = 'n.id, n.companyId, n.kind, n.state, n.title, n.startsAt, n.endsAt, n.restoredAt, n.cutsSupply'
const AREAS_AT_ONCE = 500

/** Live notices and those restored since then that cover one of these knots, knot by knot. */
export async function noticesOverAreas(
  reader: Reader,
  areaIds: readonly string[],
  restoredSince: number,
): Promise<(LiveNotice & { areaId: string })[]> {
  const found: (LiveNotice & { areaId: string })[] = []
  for (let start = 0; start < areaIds.length; start += AREAS_AT_ONCE) {
    const some = areaIds.slice(start, start + AREAS_AT_ONCE)
    found.push(
      ...(await reader.query<LiveNotice & { areaId: string }>(
        `SELECT ${FACTS}, c.areaId FROM notice_area c JOIN notice n ON n.id = c.noticeId
          WHERE c.areaId IN (${placeholders(some.length)}) AND ${OPEN}`,
        [...some, restoredSince],
      )),
    )
  }
  return found
}

export async function noticesNaming(
  reader: Reader,
  householdIds: readonly string[],
  restoredSince: number,
): Promise<(LiveNotice & { householdId: string })[]> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT ${FACTS}, c.householdId FROM notice_household c JOIN notice n ON n.id = c.noticeId
      WHERE c.householdId IN (${placeholders(householdIds.length)}) AND ${OPEN}`,
    [...householdIds, restoredSince],
  )
}

const OPEN = "(n.state = 'live' OR (n.state = 'restored' AND n.restoredAt >= ?))"

/** Which of these notices the resident asked to hear of. */
export async function subscribedAmong(
  reader: Reader,
  noticeIds: readonly string[],
  residentIds: readonly string[],
): Promise<Set<string>> {
  if (noticeIds.length === 0 || residentIds.length === 0) return new Set()
  const rows = await reader.query<{ noticeId: string }>(
    `SELECT noticeId FROM notice_subscriber
      WHERE noticeId IN (${placeholders(noticeIds.length)}) AND residentId IN (${placeholders(residentIds.length)})`,
    [...noticeIds, ...residentIds],
  )
  return new Set(rows.map(({ noticeId }) => noticeId))
}

export async function liveFacts(reader: Reader, ids: readonly string[]): Promise<LiveNotice[]> {
  if (ids.length === 0) return []
  return reader.query<LiveNotice>(
    `SELECT ${FACTS} FROM notice n WHERE n.id IN (${placeholders(ids.length)})`,
    ids,
  )
}

/** Under its lock, so that it cannot be restored before what is being joined to it is there. */
export async function lockLive(tx: Tx, id: string): Promise<LiveNotice | null> {
  const rows = await tx.query<LiveNotice>(
    `SELECT ${FACTS} FROM notice n WHERE n.id = ? AND n.state = 'live' AND n.cutsSupply = 1${tx.forUpdate}`,
    [id],
  )
  return rows[0] ?? null
}

export async function addMerged(tx: Tx, id: string, count: number): Promise<void> {
  await tx.execute('UPDATE notice SET mergedRequests = mergedRequests + ? WHERE id = ?', [count, id])
}

/** Restored ones whose requests are not closed yet, once everybody was told who will be. */
export async function restoredToClose(
  reader: Reader,
  limit: number,
): Promise<Pick<NoticeRow, 'id' | 'version' | 'title' | 'restoredAt'>[]> {
  return reader.query(
    `SELECT n.id, n.version, n.title, n.restoredAt FROM notice n
      WHERE n.state IN ('restored', 'cancelled', 'ended') AND n.requestsClosedAt IS NULL AND n.cutsSupply = 1
        AND NOT EXISTS (SELECT 1 FROM notice_fanout f
          WHERE f.noticeId = n.id AND f.version = n.version AND f.state = 'running')
      ORDER BY n.id LIMIT ${limit}`,
  )
}

export async function markRequestsClosed(tx: Tx, id: string, at: number): Promise<void> {
  // A restoration that was taken back meanwhile is live again, and will have its own end.
  await tx.execute("UPDATE notice SET requestsClosedAt = ? WHERE id = ? AND state <> 'live'", [at, id])
}

/** Answers what was said before; null for the first word. A second one at the same moment waits and is not the first. */
export async function keepFeedback(tx: Tx, row: FeedbackRow): Promise<FeedbackRow | null> {
  try {
    await tx.insert(feedbackTable, row)
    return null
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const before = await tx.query<FeedbackRow>(
    `SELECT * FROM notice_feedback WHERE noticeId = ? AND householdId = ?${tx.forUpdate}`,
    [row.noticeId, row.householdId],
  )
  return before[0] ?? null
}

export async function changeFeedback(
  tx: Tx,
  row: Pick<FeedbackRow, 'noticeId' | 'householdId' | 'residentId' | 'answer' | 'requestId' | 'at'>,
): Promise<void> {
  await tx.execute(
    'UPDATE notice_feedback SET residentId = ?, answer = ?, requestId = ?, at = ? WHERE noticeId = ? AND householdId = ?',
    [row.residentId, row.answer, row.requestId, row.at, row.noticeId, row.householdId],
  )
}
