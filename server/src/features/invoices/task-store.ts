import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type TaskRow, taskTable } from './entities'

const numbered = (row: TaskRow): TaskRow => ({
  ...row,
  nextAttemptAt: row.nextAttemptAt === null ? null : Number(row.nextAttemptAt),
  createdAt: Number(row.createdAt),
  endedAt: row.endedAt === null ? null : Number(row.endedAt),
})

export async function insertTask(
  tx: Tx,
  row: Pick<TaskRow, 'id' | 'invoiceId' | 'kind' | 'serial' | 'nextAttemptAt' | 'toSealed' | 'createdAt'>,
): Promise<void> {
  await tx.insert(taskTable, { ...row, state: 'due', attempts: 0, lastCode: null, endedAt: null })
}

export async function dueTasks(reader: Reader, nowMs: number, limit: number): Promise<TaskRow[]> {
  const rows = await reader.query<TaskRow>(
    `SELECT * FROM invoice_task WHERE nextAttemptAt <= ? ORDER BY nextAttemptAt, id LIMIT ${limit}`,
    [nowMs],
  )
  return rows.map(numbered)
}

/**
 * Takes one task's turn and writes down that it may have left, before anything leaves; false when another process was
 * faster.
 */
export async function takeTask(tx: Tx, task: TaskRow, nextAttemptAt: number): Promise<boolean> {
  const taken = await tx.execute(
    `UPDATE invoice_task SET attempts = attempts + 1, state = 'asked', nextAttemptAt = ?
      WHERE id = ? AND nextAttemptAt = ?`,
    [nextAttemptAt, task.id, task.nextAttemptAt],
  )
  return taken === 1
}

export async function lockTask(tx: Tx, id: string): Promise<TaskRow> {
  const [row] = await tx.query<TaskRow>(`SELECT * FROM invoice_task WHERE id = ?${tx.forUpdate}`, [id])
  if (!row) throw new Error(`The task ${id} has vanished.`)
  return numbered(row)
}

export async function saveTask(
  tx: Tx,
  row: Pick<TaskRow, 'id' | 'state' | 'nextAttemptAt' | 'lastCode' | 'endedAt'>,
): Promise<void> {
  await tx.execute(
    'UPDATE invoice_task SET state = ?, nextAttemptAt = ?, lastCode = ?, endedAt = ? WHERE id = ?',
    [row.state, row.nextAttemptAt, row.lastCode, row.endedAt, row.id],
  )
}

/** Mails that wait for the page go out now that it is here. */
export async function wakeMails(tx: Tx, invoiceId: string, nowMs: number): Promise<void> {
  await tx.execute(
    `UPDATE invoice_task SET nextAttemptAt = ?
      WHERE invoiceId = ? AND kind = 'mail' AND state = 'due' AND nextAttemptAt IS NULL`,
    [nowMs, invoiceId],
  )
}

export async function tasksOf(reader: Reader, invoiceIds: readonly string[]): Promise<TaskRow[]> {
  if (invoiceIds.length === 0) return []
  const rows = await reader.query<TaskRow>(
    `SELECT * FROM invoice_task WHERE invoiceId IN (${placeholders(invoiceIds.length)}) ORDER BY id`,
    invoiceIds,
  )
  return rows.map(numbered)
}

/** Empties the addresses of mails that ended before this; how many. */
export function forgetAddressesBefore(tx: Tx, beforeId: string): Promise<number> {
  return tx.execute(
    'UPDATE invoice_task SET toSealed = NULL WHERE id < ? AND toSealed IS NOT NULL AND endedAt IS NOT NULL',
    [beforeId],
  )
}
