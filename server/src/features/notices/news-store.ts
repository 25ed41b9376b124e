import type { Reader } from '../../core/db/database'
import type { NoticeRow } from './entities'

/** What the desk's live news looks at several times a second, for all open pages together. */

export async function changedNotices(
  reader: Reader,
  since: number,
  limit: number,
): Promise<Pick<NoticeRow, 'id' | 'companyId' | 'revision' | 'updatedAt'>[]> {
  return reader.query(
    `SELECT id, companyId, revision, updatedAt FROM notice WHERE updatedAt >= ? ORDER BY updatedAt DESC LIMIT ${limit}`,
    [since],
  )
}

/** Every open suggestion with how many it stands on. */
export async function openSuggestionCounts(
  reader: Reader,
  limit: number,
): Promise<{ id: string; companyId: string; requests: number }[]> {
  return reader.query(
    `SELECT id, companyId, requests FROM notice_suggestion WHERE state = 'open' ORDER BY lastAt DESC LIMIT ${limit}`,
  )
}
