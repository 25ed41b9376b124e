import { isDuplicate, type Tx } from '../../../core/db/database'
import { type ImportLeaseRow, importLeaseTable, type ImportRunRow, importRunTable } from '../entities'

export async function lockLease(tx: Tx, companyId: string): Promise<ImportLeaseRow | null> {
  const rows = await tx.query<ImportLeaseRow>(
    `SELECT * FROM import_lease WHERE companyId = ?${tx.forUpdate}`,
    [companyId],
  )
  return rows[0] ?? null
}

/** False when somebody else was faster. */
export async function insertLease(tx: Tx, row: ImportLeaseRow): Promise<boolean> {
  try {
    await tx.insert(importLeaseTable, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

export async function takeLease(tx: Tx, row: ImportLeaseRow): Promise<void> {
  await tx.execute('UPDATE import_lease SET token = ?, leaseUntil = ? WHERE companyId = ?', [
    row.token,
    row.leaseUntil,
    row.companyId,
  ])
}

/** Prolongs the lease under its token; false when it belongs to somebody else by now. */
export async function prolongLease(tx: Tx, row: ImportLeaseRow): Promise<boolean> {
  const kept = await tx.execute('UPDATE import_lease SET leaseUntil = ? WHERE companyId = ? AND token = ?', [
    row.leaseUntil,
    row.companyId,
    row.token,
  ])
  return kept === 1
}

export async function findRun(
  tx: Tx,
  key: Pick<ImportRunRow, 'companyId' | 'fileSha' | 'rulesSha'>,
): Promise<ImportRunRow | null> {
  const rows = await tx.query<ImportRunRow>(
    'SELECT * FROM import_run WHERE companyId = ? AND fileSha = ? AND rulesSha = ?',
    [key.companyId, key.fileSha, key.rulesSha],
  )
  return rows[0] ?? null
}

export async function insertRun(tx: Tx, row: ImportRunRow): Promise<void> {
  await tx.insert(importRunTable, row)
}

/** Moves the run on. The old place is part of the condition, so that no batch can count twice. */
export async function advanceRun(
  tx: Tx,
  run: Pick<ImportRunRow, 'id' | 'nextRecord' | 'created' | 'updated' | 'unchanged' | 'untouched'>,
  fromRecord: number,
): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE import_run SET nextRecord = ?, created = ?, updated = ?, unchanged = ?, untouched = ?
      WHERE id = ? AND nextRecord = ? AND state = 'running'`,
    [run.nextRecord, run.created, run.updated, run.unchanged, run.untouched, run.id, fromRecord],
  )
  return moved === 1
}

export async function finishRun(tx: Tx, id: string, report: string, now: number): Promise<void> {
  await tx.execute("UPDATE import_run SET state = 'done', report = ?, finishedAt = ? WHERE id = ?", [
    report,
    now,
    id,
  ])
}
