import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type PreviewRow, previewTable } from './entities'

export async function findPreview(
  reader: Reader,
  noticeId: string,
  revision: number,
): Promise<PreviewRow | null> {
  const rows = await reader.query<PreviewRow>(
    'SELECT * FROM notice_preview WHERE noticeId = ? AND revision = ?',
    [noticeId, revision],
  )
  return rows[0] ?? null
}

export async function insertPreview(tx: Tx, row: PreviewRow): Promise<void> {
  await tx.insert(previewTable, row)
}

/** Ends a count; it stays as it is when somebody else has ended it. */
export async function endPreview(
  tx: Tx,
  id: string,
  end: Pick<PreviewRow, 'state' | 'result' | 'finishedAt'>,
): Promise<void> {
  await tx.execute(
    "UPDATE notice_preview SET state = ?, result = ?, finishedAt = ? WHERE id = ? AND state = 'counting'",
    [end.state, end.result, end.finishedAt, id],
  )
}

/** Counts anew: what failed, what is old, and what was cut off. */
export async function recount(tx: Tx, id: string, at: number): Promise<void> {
  await tx.execute(
    "UPDATE notice_preview SET state = 'counting', createdAt = ?, finishedAt = NULL WHERE id = ?",
    [at, id],
  )
}

/** The newest finished count of each of these notices. */
export async function newestPreviews(
  reader: Reader,
  noticeIds: readonly string[],
): Promise<Map<string, PreviewRow>> {
  if (noticeIds.length === 0) return new Map()
  const rows = await reader.query<PreviewRow>(
    `SELECT * FROM notice_preview WHERE noticeId IN (${placeholders(noticeIds.length)}) AND state = 'done'
      ORDER BY revision`,
    noticeIds,
  )
  return new Map(rows.map((row) => [row.noticeId, row]))
}
