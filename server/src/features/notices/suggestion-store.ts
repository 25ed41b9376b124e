import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { SuggestionRow } from './entities'

/** What the desk does with suggestions; suggest.ts makes them. */

export async function findSuggestion(reader: Reader, id: string): Promise<SuggestionRow | null> {
  const rows = await reader.query<SuggestionRow>('SELECT * FROM notice_suggestion WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Open suggestions, the newest first; of all companies when `companies` is null. */
export async function openSuggestions(
  reader: Reader,
  companies: readonly string[] | null,
  limit: number,
): Promise<SuggestionRow[]> {
  if (companies?.length === 0) return []
  const among = companies === null ? '' : `AND companyId IN (${placeholders(companies.length)})`
  return reader.query<SuggestionRow>(
    `SELECT * FROM notice_suggestion WHERE state = 'open' ${among} ORDER BY id DESC LIMIT ${limit}`,
    companies ?? [],
  )
}

/** A draft was made of it. Errors: not_found when it is not open (any more) at this company. */
export async function takeSuggestion(
  tx: Tx,
  used: {
    readonly id: string
    readonly companyId: string
    readonly noticeId: string
    readonly staffId: string
  },
): Promise<void> {
  const matched = await tx.execute(
    `UPDATE notice_suggestion SET state = 'used', openSlot = NULL, noticeId = ?, endedBy = ?
      WHERE id = ? AND companyId = ? AND state = 'open'`,
    [used.noticeId, used.staffId, used.id, used.companyId],
  )
  if (matched === 0) throw new AppError('not_found', { message: '这条建议已经有人处理了，请刷新看看。' })
}

/** Its draft was thrown away; where a newer one stands at the same place, that one is enough. */
export async function reopenSuggestion(tx: Tx, id: string): Promise<void> {
  try {
    await tx.execute(
      "UPDATE notice_suggestion SET state = 'open', openSlot = 1, noticeId = NULL, endedBy = NULL WHERE id = ? AND state = 'used'",
      [id],
    )
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

/** True for the one who ended it. */
export async function dismiss(tx: Tx, id: string, staffId: string): Promise<boolean> {
  const matched = await tx.execute(
    "UPDATE notice_suggestion SET state = 'dismissed', openSlot = NULL, endedBy = ? WHERE id = ? AND state = 'open'",
    [staffId, id],
  )
  return matched === 1
}
