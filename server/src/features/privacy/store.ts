import type { Reader, Tx } from '../../core/db/database'
import {
  type ClosureRow,
  type CopyFileRow,
  copyFileTable,
  type CopyRow,
  copyTable,
  closureTable,
  type RetentionLineRow,
  retentionLineTable,
  type RetentionRunRow,
  retentionRunTable,
} from './entities'
import { placeholders } from '../../core/db/database'

/** SQL over copies, closures and reports. What the register names is read in core/personal. */

export async function insertCopy(tx: Tx, row: CopyRow): Promise<void> {
  await tx.insert(copyTable, row)
}

export async function copiesOf(
  reader: Reader,
  residentIds: readonly string[],
  limit: number,
): Promise<CopyRow[]> {
  return reader.query<CopyRow>(
    `SELECT * FROM privacy_copy WHERE residentId IN (${placeholders(residentIds.length)})
      ORDER BY createdAt DESC, id DESC LIMIT ${limit}`,
    residentIds,
  )
}

export async function countCopiesSince(
  reader: Reader,
  residentIds: readonly string[],
  since: number,
): Promise<number> {
  const [row] = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM privacy_copy WHERE residentId IN (${placeholders(residentIds.length)}) AND createdAt >= ?`,
    [...residentIds, since],
  )
  return Number(row?.n ?? 0)
}

export async function findCopy(reader: Reader, id: string): Promise<CopyRow | null> {
  const rows = await reader.query<CopyRow>('SELECT * FROM privacy_copy WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Only one that is still being made; false when it is not. */
export async function settleCopy(
  tx: Tx,
  id: string,
  to: Pick<CopyRow, 'state' | 'records' | 'readyAt' | 'expiresAt'>,
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE privacy_copy SET state = ?, records = ?, readyAt = ?, expiresAt = ?, openSlot = NULL
      WHERE id = ? AND state = 'waiting'`,
    [to.state, to.records, to.readyAt, to.expiresAt, id],
  )
  return changed === 1
}

export async function overCopies(reader: Reader, now: number, limit: number): Promise<CopyRow[]> {
  return reader.query<CopyRow>(
    `SELECT * FROM privacy_copy WHERE state = 'ready' AND expiresAt <= ? ORDER BY expiresAt LIMIT ${limit}`,
    [now],
  )
}

export async function markCopyGone(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM privacy_copy_file WHERE copyId = ?', [id])
  await tx.execute("UPDATE privacy_copy SET state = 'gone' WHERE id = ?", [id])
}

export async function insertCopyFiles(tx: Tx, rows: readonly CopyFileRow[]): Promise<void> {
  await tx.insert(copyFileTable, rows)
}

export async function filesOfCopy(reader: Reader, copyId: string): Promise<CopyFileRow[]> {
  return reader.query<CopyFileRow>('SELECT * FROM privacy_copy_file WHERE copyId = ?', [copyId])
}

/** One that is asked and not begun. */
export async function insertClosure(
  tx: Tx,
  asked: Pick<ClosureRow, 'id' | 'residentId' | 'askedAt' | 'dueAt'>,
): Promise<void> {
  await tx.insert(closureTable, {
    ...asked,
    state: 'asked',
    endedAt: null,
    openSlot: 1,
    personSealed: null,
    report: null,
    waiting: 0,
    lookAt: null,
  })
}

/** The one that is asked or under way. */
export async function openClosureOf(
  reader: Reader,
  residentIds: readonly string[],
): Promise<ClosureRow | null> {
  const rows = await reader.query<ClosureRow>(
    `SELECT * FROM privacy_closure WHERE residentId IN (${placeholders(residentIds.length)}) AND openSlot = 1`,
    residentIds,
  )
  return rows[0] ?? null
}

export async function lockClosure(tx: Tx, id: string): Promise<ClosureRow | null> {
  const rows = await tx.query<ClosureRow>(`SELECT * FROM privacy_closure WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function saveClosure(tx: Tx, row: ClosureRow): Promise<void> {
  await tx.execute(
    `UPDATE privacy_closure SET state = ?, endedAt = ?, openSlot = ?, personSealed = ?, report = ?, waiting = ?, lookAt = ?
      WHERE id = ?`,
    [row.state, row.endedAt, row.openSlot, row.personSealed, row.report, row.waiting, row.lookAt, row.id],
  )
}

export async function dueClosures(reader: Reader, now: number, limit: number): Promise<ClosureRow[]> {
  return reader.query<ClosureRow>(
    `SELECT * FROM privacy_closure WHERE (state = 'asked' AND dueAt <= ?) OR lookAt <= ? ORDER BY id LIMIT ${limit}`,
    [now, now],
  )
}

export async function listClosures(reader: Reader, limit: number): Promise<ClosureRow[]> {
  return reader.query<ClosureRow>(`SELECT * FROM privacy_closure ORDER BY id DESC LIMIT ${limit}`)
}

export async function listCopies(reader: Reader, limit: number): Promise<CopyRow[]> {
  return reader.query<CopyRow>(`SELECT * FROM privacy_copy ORDER BY id DESC LIMIT ${limit}`)
}

export async function insertRun(
  tx: Tx,
  run: RetentionRunRow,
  lines: readonly RetentionLineRow[],
): Promise<void> {
  await tx.insert(retentionRunTable, run)
  await tx.insert(retentionLineTable, lines)
}

export async function lastRuns(reader: Reader, limit: number): Promise<RetentionRunRow[]> {
  return reader.query<RetentionRunRow>(`SELECT * FROM retention_run ORDER BY id DESC LIMIT ${limit}`)
}

export async function linesOf(reader: Reader, runId: string): Promise<RetentionLineRow[]> {
  return reader.query<RetentionLineRow>('SELECT * FROM retention_line WHERE runId = ? ORDER BY tableName', [
    runId,
  ])
}

export interface AuditedAct {
  readonly id: string
  readonly actor: string
  readonly object: string
  readonly detail: string | null
}

/** What the audit has of one operation, in the order in which it was done. */
export function auditedActs(
  reader: Reader,
  of: { readonly action: string; readonly after: string; readonly until: string; readonly limit: number },
): Promise<AuditedAct[]> {
  return reader.query<AuditedAct>(
    `SELECT id, actor, object, detail FROM audit_log WHERE action = ? AND id > ? AND id < ?
      ORDER BY id LIMIT ${of.limit}`,
    [of.action, of.after, of.until],
  )
}

/** To whom these rows lead: the column and the id of each resident and household that they name. */
export async function tiedTo(
  reader: Reader,
  { name, columnNames }: { readonly name: string; readonly columnNames: readonly string[] },
  ids: readonly string[],
): Promise<{ people: (readonly [column: string, id: string])[] }[]> {
  const ties = columnNames.filter((column) => /^(residentId|householdId|\w+ResidentId)$/.test(column))
  if (ties.length === 0 || !columnNames.includes('id')) return []
  const rows = await reader.query<Readonly<Record<string, string | null>>>(
    `SELECT ${ties.join(', ')} FROM ${name} WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
  return rows.map((row) => ({
    people: ties.flatMap((column) => {
      const id = row[column]
      return id === null || id === undefined ? [] : [[column, id] as const]
    }),
  }))
}
