import { placeholders, type Reader } from '../../core/db/database'
import type { NoticeRow } from './entities'

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
