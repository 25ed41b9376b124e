import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type CodeOrderRow, codeOrderTable, type PrintedFileRow, printedFileTable } from './print-entities'

/** Orders of codes and their printed files. */

export async function insertOrder(tx: Tx, row: CodeOrderRow): Promise<void> {
  await tx.insert(codeOrderTable, row)
}

export async function findOrder(reader: Reader, id: string): Promise<CodeOrderRow | null> {
  const rows = await reader.query<CodeOrderRow>('SELECT * FROM code_order WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function lockOrder(tx: Tx, id: string): Promise<CodeOrderRow | null> {
  const rows = await tx.query<CodeOrderRow>(`SELECT * FROM code_order WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

/** Writes what a step changes, of an order that the caller has locked. */
export async function saveOrder(tx: Tx, row: CodeOrderRow): Promise<void> {
  await tx.execute(
    `UPDATE code_order SET state = ?, passed = ?, made = ?, leftOut = ?, files = ?, pages = ?, missing = ?,
        afterAreaId = ?, afterHouseholdId = ?, afterAddress = ?, growing = ?, step = ?, updatedAt = ?, endedAt = ?
      WHERE id = ?`,
    [
      row.state,
      row.passed,
      row.made,
      row.leftOut,
      row.files,
      row.pages,
      row.missing,
      row.afterAreaId,
      row.afterHouseholdId,
      row.afterAddress,
      row.growing,
      row.step,
      row.updatedAt,
      row.endedAt,
      row.id,
    ],
  )
}

/** Orders of a company in somebody's scope, newest first. */
export async function orderPage(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly scope: { readonly sql: string; readonly params: readonly SqlValue[] }
    readonly before: string | null
    readonly limit: number
  },
): Promise<CodeOrderRow[]> {
  const { companyId, scope, before } = asked
  return reader.query<CodeOrderRow>(
    `SELECT o.* FROM code_order o WHERE o.companyId = ? AND ${scope.sql} ${before === null ? '' : 'AND o.id < ?'}
      ORDER BY o.id DESC LIMIT ${asked.limit}`,
    [companyId, ...scope.params, ...(before === null ? [] : [before])],
  )
}

export async function insertFile(tx: Tx, row: PrintedFileRow): Promise<void> {
  await tx.insert(printedFileTable, row)
}

/** The files of these orders in their order. */
export async function filesOf(reader: Reader, orderIds: readonly string[]): Promise<PrintedFileRow[]> {
  if (orderIds.length === 0) return []
  return reader.query<PrintedFileRow>(
    `SELECT * FROM code_printed_file WHERE orderId IN (${placeholders(orderIds.length)}) ORDER BY orderId, fileNo`,
    orderIds,
  )
}

export async function findFile(
  reader: Reader,
  orderId: string,
  fileNo: number,
): Promise<PrintedFileRow | null> {
  const rows = await reader.query<PrintedFileRow>(
    'SELECT * FROM code_printed_file WHERE orderId = ? AND fileNo = ?',
    [orderId, fileNo],
  )
  return rows[0] ?? null
}

export async function addTaken(tx: Tx, orderId: string, fileNo: number): Promise<void> {
  await tx.execute('UPDATE code_printed_file SET taken = taken + 1 WHERE orderId = ? AND fileNo = ?', [
    orderId,
    fileNo,
  ])
}

/** Orders that ended before then and still have files, or one that was never finished; the oldest first. */
export async function ordersToClear(reader: Reader, before: number, limit: number): Promise<CodeOrderRow[]> {
  return reader.query<CodeOrderRow>(
    `SELECT * FROM code_order WHERE endedAt < ? AND (files > 0 OR growing IS NOT NULL)
      ORDER BY endedAt LIMIT ${limit}`,
    [before],
  )
}

export async function deleteFile(tx: Tx, orderId: string, fileNo: number): Promise<void> {
  await tx.execute('DELETE FROM code_printed_file WHERE orderId = ? AND fileNo = ?', [orderId, fileNo])
}
