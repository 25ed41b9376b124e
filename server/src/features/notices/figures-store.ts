import type { Reader } from '../../core/db/database'

/** What became of a notice, in figures. */

/** How the residents answered 恢复了吗. */
export async function feedbackOf(reader: Reader, noticeId: string): Promise<{ yes: number; no: number }> {
  const rows = await reader.query<{ answer: 'yes' | 'no'; n: number }>(
    'SELECT answer, COUNT(*) AS n FROM notice_feedback WHERE noticeId = ? GROUP BY answer',
    [noticeId],
  )
  const count = (answer: 'yes' | 'no'): number => Number(rows.find((row) => row.answer === answer)?.n ?? 0)
  return { yes: count('yes'), no: count('no') }
}
