import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type NoticeRow, type SubscriberRow, subscriberTable } from './entities'

/** What residents and strangers read: notices that were said to somebody. */

/** Said, and not over for longer than `since`. A notice whose first version was stopped is nobody's news. */
const SHOWN =
  "n.version > 0 AND (n.state = 'live' OR (n.state IN ('restored', 'cancelled', 'ended') AND n.updatedAt >= ?))"

/** When it was over; null while it goes on. */
const OVER_AT = "CASE WHEN n.state = 'live' THEN NULL ELSE n.updatedAt END AS goesOnUntil"

export async function shownPage(
  reader: Reader,
  asked: {
    readonly companyId: string | null
    readonly since: number
    readonly before: string | null
    readonly limit: number
  },
): Promise<NoticeRow[]> {
  const params: SqlValue[] = [asked.since]
  const where = [SHOWN]
  if (asked.companyId !== null) {
    where.push('n.companyId = ?')
    params.push(asked.companyId)
  }
  if (asked.before !== null) {
    where.push('n.id < ?')
    params.push(asked.before)
  }
  return reader.query<NoticeRow>(
    `SELECT n.* FROM notice n WHERE ${where.join(' AND ')} ORDER BY n.id DESC LIMIT ${asked.limit}`,
    params,
  )
}

/** Changes whenever anything that is shown does: what a copy is compared by, without reading it all. */
export async function shownFingerprint(reader: Reader, since: number): Promise<string> {
  const [row] = await reader.query<{ n: number; revisions: number | null; newest: number | null }>(
    `SELECT COUNT(*) AS n, SUM(n.revision) AS revisions, MAX(n.updatedAt) AS newest FROM notice n WHERE ${SHOWN}`,
    [since],
  )
  return [row?.n, row?.revisions, row?.newest].map(String).join(':')
}

const AT_ONCE = 500

/** Shown notices over these knots, each with the knot. */
export async function shownOver(
  reader: Reader,
  areaIds: readonly string[],
  since: number,
): Promise<{ noticeId: string; areaId: string; goesOnUntil: number | null }[]> {
  const found: { noticeId: string; areaId: string; goesOnUntil: number | null }[] = []
  for (let start = 0; start < areaIds.length; start += AT_ONCE) {
    const some = areaIds.slice(start, start + AT_ONCE)
    found.push(
      ...(await reader.query<{ noticeId: string; areaId: string; goesOnUntil: number | null }>(
        `SELECT a.noticeId, a.areaId, ${OVER_AT} FROM notice_area a JOIN notice n ON n.id = a.noticeId
          WHERE a.areaId IN (${placeholders(some.length)}) AND ${SHOWN}`,
        [...some, since],
      )),
    )
  }
  return found
}

/** Shown notices over something inside the knot with this path. */
export async function shownBelow(
  reader: Reader,
  path: string,
  since: number,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ noticeId: string }>(
    `SELECT DISTINCT a.noticeId FROM notice n JOIN notice_area a ON a.noticeId = n.id
      WHERE ${SHOWN} AND a.path >= ? AND a.path < ? LIMIT ${limit}`,
    [since, path, `${path.slice(0, -1)}0`],
  )
  return rows.map(({ noticeId }) => noticeId)
}

export async function shownNaming(
  reader: Reader,
  householdIds: readonly string[],
  since: number,
): Promise<{ noticeId: string; householdId: string; goesOnUntil: number | null }[]> {
  if (householdIds.length === 0) return []
  return reader.query(
    `SELECT h.noticeId, h.householdId, ${OVER_AT} FROM notice_household h JOIN notice n ON n.id = h.noticeId
      WHERE h.householdId IN (${placeholders(householdIds.length)}) AND ${SHOWN}`,
    [...householdIds, since],
  )
}

/** How many households each of these notices names. */
export async function namedCounts(
  reader: Reader,
  noticeIds: readonly string[],
): Promise<Map<string, number>> {
  if (noticeIds.length === 0) return new Map()
  const rows = await reader.query<{ noticeId: string; n: number }>(
    `SELECT noticeId, COUNT(*) AS n FROM notice_household
      WHERE noticeId IN (${placeholders(noticeIds.length)}) GROUP BY noticeId`,
    noticeIds,
  )
  return new Map(rows.map(({ noticeId, n }) => [noticeId, Number(n)]))
}

export async function insertSubscriber(tx: Tx, row: SubscriberRow): Promise<void> {
  await tx.insert(subscriberTable, row)
}

export async function deleteSubscriber(
  tx: Tx,
  noticeId: string,
  residentIds: readonly string[],
): Promise<void> {
  await tx.execute(
    `DELETE FROM notice_subscriber WHERE noticeId = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [noticeId, ...residentIds],
  )
}

/** What this person asked to hear of and is still shown. */
export async function shownSubscriptions(
  reader: Reader,
  residentIds: readonly string[],
  since: number,
): Promise<string[]> {
  const rows = await reader.query<{ noticeId: string }>(
    `SELECT s.noticeId FROM notice_subscriber s JOIN notice n ON n.id = s.noticeId
      WHERE s.residentId IN (${placeholders(residentIds.length)}) AND ${SHOWN} ORDER BY s.noticeId DESC LIMIT 50`,
    [...residentIds, since],
  )
  return rows.map(({ noticeId }) => noticeId)
}

/** Which households have answered 恢复了吗 already, as `notice household`. */
export async function answeredAmong(
  reader: Reader,
  noticeIds: readonly string[],
  householdIds: readonly string[],
): Promise<Set<string>> {
  if (noticeIds.length === 0 || householdIds.length === 0) return new Set()
  const rows = await reader.query<{ noticeId: string; householdId: string }>(
    `SELECT noticeId, householdId FROM notice_feedback
      WHERE noticeId IN (${placeholders(noticeIds.length)}) AND householdId IN (${placeholders(householdIds.length)})`,
    [...noticeIds, ...householdIds],
  )
  return new Set(rows.map(({ noticeId, householdId }) => `${noticeId} ${householdId}`))
}
