import { placeholders, type Reader } from '../../core/db/database'
import type { MessageRow } from './entities'

/** A page of what was said to these people about this household, or by its company about none. */
export function messagesAbout(
  reader: Reader,
  of: {
    readonly residentIds: readonly string[]
    readonly householdId: string
    readonly companyId: string
    /** Whether messages of no company are among it. */
    readonly ofNobody: boolean
    readonly before: string | null
    readonly limit: number
  },
): Promise<MessageRow[]> {
  return reader.query<MessageRow>(
    `SELECT * FROM message WHERE residentId IN (${placeholders(of.residentIds.length)})
      ${of.before === null ? '' : 'AND id < ?'}
      AND (householdId = ? OR (householdId IS NULL AND (companyId = ?${of.ofNobody ? ' OR companyId IS NULL' : ''})))
      ORDER BY id DESC LIMIT ${of.limit}`,
    [...of.residentIds, ...(of.before === null ? [] : [of.before]), of.householdId, of.companyId],
  )
}
