import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type ExportRow, exportTable } from './entities'

/** Lists that people asked to carry away. Each is asked for once, decided once and fetched once. */

export async function insertExport(tx: Tx, row: ExportRow): Promise<void> {
  await tx.insert(exportTable, row)
}

/** The export, locked. */
export async function lockExport(tx: Tx, id: string): Promise<ExportRow | null> {
  const rows = await tx.query<ExportRow>(`SELECT * FROM desk_export WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

/** A person's own, newest first. */
export async function exportsOf(reader: Reader, staffId: string, limit: number): Promise<ExportRow[]> {
  return reader.query<ExportRow>(
    `SELECT * FROM desk_export WHERE staffId = ? ORDER BY id DESC LIMIT ${limit}`,
    [staffId],
  )
}

/** What waits for somebody's word and is not too old, oldest first. */
export async function waitingExports(reader: Reader, now: number, limit: number): Promise<ExportRow[]> {
  return reader.query<ExportRow>(
    `SELECT * FROM desk_export WHERE state = 'waiting' AND expiresAt > ? ORDER BY id LIMIT ${limit}`,
    [now],
  )
}

/** True for the one whose word came first. */
export async function saveDecision(
  tx: Tx,
  id: string,
  decision: {
    readonly state: 'approved' | 'refused'
    readonly byId: string
    readonly byName: string
    readonly at: number
    readonly words: string | null
    readonly expiresAt: number
  },
): Promise<boolean> {
  const matched = await tx.execute(
    `UPDATE desk_export SET state = ?, decidedById = ?, decidedByName = ?, decidedAt = ?, decidedWords = ?, expiresAt = ?
      WHERE id = ? AND state = 'waiting'`,
    [decision.state, decision.byId, decision.byName, decision.at, decision.words, decision.expiresAt, id],
  )
  return matched === 1
}

/** Gives an approved export an address; the one before it is good no more. */
export async function setAddress(
  tx: Tx,
  id: string,
  address: { readonly tokenHash: string; readonly expiresAt: number },
): Promise<void> {
  await tx.execute('UPDATE desk_export SET tokenHash = ?, expiresAt = ? WHERE id = ? AND takenAt IS NULL', [
    address.tokenHash,
    address.expiresAt,
    id,
  ])
}

const FETCHABLE = ['ready', 'approved'] as const

/** The export behind the address, marked as taken by this call; null when it is not this person's, old or used. */
export async function takeExport(
  tx: Tx,
  by: { tokenHash: string; staffId: string; now: number },
): Promise<ExportRow | null> {
  const taken = await tx.execute(
    `UPDATE desk_export SET takenAt = ?
      WHERE tokenHash = ? AND staffId = ? AND takenAt IS NULL AND expiresAt > ? AND state IN (${placeholders(FETCHABLE.length)})`,
    [by.now, by.tokenHash, by.staffId, by.now, ...FETCHABLE],
  )
  if (taken !== 1) return null
  const rows = await tx.query<ExportRow>('SELECT * FROM desk_export WHERE tokenHash = ?', [by.tokenHash])
  return rows[0] ?? null
}
