import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type ScanRow, scanTable } from './scan-entities'

export async function insertScan(tx: Tx, row: ScanRow): Promise<void> {
  await tx.insert(scanTable, row)
}

/** Null for every browser but the one that asked. */
export async function scanOfBrowser(
  reader: Reader,
  by: { readonly id: string; readonly browserHash: string },
): Promise<ScanRow | null> {
  const rows = await reader.query<ScanRow>('SELECT * FROM scan_login WHERE id = ? AND browserHash = ?', [
    by.id,
    by.browserHash,
  ])
  return rows[0] ?? null
}

export async function lockScan(tx: Tx, tokenHash: string): Promise<ScanRow | null> {
  const rows = await tx.query<ScanRow>(`SELECT * FROM scan_login WHERE tokenHash = ?${tx.forUpdate}`, [
    tokenHash,
  ])
  return rows[0] ?? null
}

/** Writes what a telephone changes. The row is locked by the caller. */
export async function saveScan(tx: Tx, row: ScanRow): Promise<void> {
  await tx.execute(
    `UPDATE scan_login SET state = ?, triesLeft = ?, residentId = ?, identityId = ?, expiresAt = ? WHERE id = ?`,
    [row.state, row.triesLeft, row.residentId, row.identityId, row.expiresAt, row.id],
  )
}

/** Uses a confirmed scan up: once, in time, and by the browser that asked. */
export async function takeScan(
  tx: Tx,
  by: { readonly id: string; readonly browserHash: string; readonly now: number },
): Promise<ScanRow | null> {
  const taken = await tx.execute(
    `UPDATE scan_login SET state = 'used'
      WHERE id = ? AND browserHash = ? AND state = 'confirmed' AND expiresAt > ?`,
    [by.id, by.browserHash, by.now],
  )
  return taken === 1 ? scanOfBrowser(tx, by) : null
}

/** Which session came of a scan. */
export async function nameSession(tx: Tx, scanId: string, sessionId: string): Promise<void> {
  await tx.execute('UPDATE scan_login SET sessionId = ? WHERE id = ?', [sessionId, scanId])
}

/** Session → the browser that it was opened on, in words, for those that came of a scan. */
export async function browsersOf(
  reader: Reader,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await reader.query<{ sessionId: string; browserWords: string }>(
    `SELECT sessionId, browserWords FROM scan_login WHERE sessionId IN (${placeholders(sessionIds.length)})`,
    sessionIds,
  )
  return new Map(rows.map((row) => [row.sessionId, row.browserWords]))
}
