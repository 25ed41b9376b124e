import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type CannedRow, cannedTable } from './entities'

/** SQL over ready answers. */

/** A company that has more finds none of them any more. */
const CANNED_MOST = 500

/** Those of these companies and of all companies, by what is typed. */
export async function cannedFor(reader: Reader, companyIds: readonly string[]): Promise<CannedRow[]> {
  const own = companyIds.length === 0 ? '' : `companyId IN (${placeholders(companyIds.length)}) OR `
  return reader.query<CannedRow>(
    `SELECT * FROM canned WHERE ${own}companyId IS NULL ORDER BY shortcut, id LIMIT ${CANNED_MOST}`,
    companyIds,
  )
}

export async function lockCanned(tx: Tx, id: string): Promise<CannedRow | null> {
  const rows = await tx.query<CannedRow>(`SELECT * FROM canned WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function insertCanned(tx: Tx, row: CannedRow): Promise<void> {
  await tx.insert(cannedTable, row)
}

export async function saveCannedRow(tx: Tx, row: CannedRow): Promise<void> {
  await tx.execute(
    'UPDATE canned SET companyId = ?, shortcut = ?, title = ?, text = ?, fileId = ?, byId = ?, updatedAt = ? WHERE id = ?',
    [row.companyId, row.shortcut, row.title, row.text, row.fileId, row.byId, row.updatedAt, row.id],
  )
}

export async function deleteCanned(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM canned WHERE id = ?', [id])
}

/** The ready answer that this picture belongs to. */
export async function cannedFile(reader: Reader, fileId: string): Promise<CannedRow | null> {
  const rows = await reader.query<CannedRow>('SELECT * FROM canned WHERE fileId = ? LIMIT 1', [fileId])
  return rows[0] ?? null
}
