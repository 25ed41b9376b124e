import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type TitleRow, titleTable } from './entities'

export function titlesOf(reader: Reader, residentIds: readonly string[]): Promise<TitleRow[]> {
  return reader.query<TitleRow>(
    `SELECT * FROM invoice_title WHERE residentId IN (${placeholders(residentIds.length)})
      ORDER BY isDefault DESC, usedAt DESC, id DESC`,
    residentIds,
  )
}

export async function insertTitle(tx: Tx, row: TitleRow): Promise<void> {
  await tx.insert(titleTable, row)
}

export async function saveTitleRow(
  tx: Tx,
  row: Pick<TitleRow, 'id' | 'kind' | 'sealed' | 'mark' | 'usedAt'>,
): Promise<void> {
  await tx.execute('UPDATE invoice_title SET kind = ?, sealed = ?, mark = ?, usedAt = ? WHERE id = ?', [
    row.kind,
    row.sealed,
    row.mark,
    row.usedAt,
    row.id,
  ])
}

/** One of them is the default, or none. */
export async function setDefaultTitle(tx: Tx, residentIds: readonly string[], id: string): Promise<void> {
  await tx.execute(
    `UPDATE invoice_title SET isDefault = 0 WHERE residentId IN (${placeholders(residentIds.length)})`,
    residentIds,
  )
  await tx.execute('UPDATE invoice_title SET isDefault = 1 WHERE id = ?', [id])
}

export async function deleteTitle(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM invoice_title WHERE id = ?', [id])
}
