import type { Reader } from '../../core/db/database'
import type { NoticeAreaRow, SubscriberRow } from './entities'

/** Whom a notice concerns, as it was kept with its draft. */

export type AudienceArea = Pick<NoticeAreaRow, 'areaId' | 'tree' | 'fullName' | 'path'>

export async function audienceAreas(reader: Reader, noticeId: string): Promise<AudienceArea[]> {
  return reader.query<AudienceArea>(
    'SELECT areaId, tree, fullName, path FROM notice_area WHERE noticeId = ? ORDER BY path',
    [noticeId],
  )
}

/** Households that are named, in the order of their ids. */
export async function namedHouseholds(
  reader: Reader,
  noticeId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ householdId: string }>(
    `SELECT householdId FROM notice_household WHERE noticeId = ? AND householdId > ? ORDER BY householdId LIMIT ${limit}`,
    [noticeId, after],
  )
  return rows.map(({ householdId }) => householdId)
}

export async function subscribersOf(
  reader: Reader,
  noticeId: string,
  after: string,
  limit: number,
): Promise<Pick<SubscriberRow, 'residentId' | 'householdId'>[]> {
  return reader.query(
    `SELECT residentId, householdId FROM notice_subscriber
      WHERE noticeId = ? AND residentId > ? ORDER BY residentId LIMIT ${limit}`,
    [noticeId, after],
  )
}
