import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type UsageImportRow, usageImportTable } from './entities'

export async function findImport(
  reader: Reader,
  companyId: string,
  fileSha: string,
): Promise<UsageImportRow | null> {
  const rows = await reader.query<UsageImportRow>(
    'SELECT * FROM usage_import WHERE companyId = ? AND fileSha = ?',
    [companyId, fileSha],
  )
  return rows[0] ?? null
}

export async function insertImport(tx: Tx, row: UsageImportRow): Promise<void> {
  await tx.insert(usageImportTable, row)
}

/** Moves the import on. The old place is part of the condition, so that no batch can count twice. */
export async function advanceImport(tx: Tx, row: UsageImportRow, fromRecord: number): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE usage_import SET nextRecord = ?, created = ?, corrected = ?, unchanged = ?
      WHERE id = ? AND nextRecord = ? AND state = 'running'`,
    [row.nextRecord, row.created, row.corrected, row.unchanged, row.id, fromRecord],
  )
  return moved === 1
}

export async function finishImport(tx: Tx, id: string, at: number): Promise<void> {
  await tx.execute("UPDATE usage_import SET state = 'done', finishedAt = ? WHERE id = ?", [at, id])
}

/** When each company's last complete import of daily figures ended. */
export async function lastDayImports(
  reader: Reader,
  companyIds: readonly string[],
): Promise<Map<string, number>> {
  if (companyIds.length === 0) return new Map()
  const rows = await reader.query<{ companyId: string; at: number }>(
    `SELECT companyId, MAX(finishedAt) AS at FROM usage_import
      WHERE companyId IN (${placeholders(companyIds.length)}) AND state = 'done' GROUP BY companyId`,
    companyIds,
  )
  return new Map(rows.map((row) => [row.companyId, Number(row.at)]))
}
