import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type BulkRow, bulkTable, type MessageRow, messageTable } from './entities'

export async function insertBulk(tx: Tx, row: BulkRow): Promise<void> {
  await tx.insert(bulkTable, row)
}

export async function findBulks(reader: Reader, ids: readonly string[]): Promise<Map<string, BulkRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<BulkRow>(
    `SELECT * FROM message_bulk WHERE id IN (${placeholders(ids.length)})`,
    [...ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Which of these have been stopped: asked again and again while messages of theirs are being sent. */
export async function stoppedAmong(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM message_bulk WHERE id IN (${placeholders(ids.length)}) AND state = 'stopped'`,
    [...ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Who has this reason already, among these residents. */
export async function whoHasReason(
  reader: Reader,
  reason: string,
  residentIds: readonly string[],
): Promise<Set<string>> {
  const rows = await reader.query<{ residentId: string }>(
    `SELECT residentId FROM message WHERE reason = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [reason, ...residentIds],
  )
  return new Set(rows.map(({ residentId }) => residentId))
}

export async function insertMessages(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  await tx.insert(messageTable, rows)
}

/** False when the bulk was in none of these states any more. */
export async function moveBulk(
  tx: Tx,
  id: string,
  from: readonly BulkRow['state'][],
  to: { readonly state: BulkRow['state']; readonly stoppedAt?: number; readonly endedAt?: number },
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE message_bulk SET state = ?, stoppedAt = COALESCE(?, stoppedAt), endedAt = COALESCE(?, endedAt)
      WHERE id = ? AND state IN (${placeholders(from.length)})`,
    [to.state, to.stoppedAt ?? null, to.endedAt ?? null, id, ...from],
  )
  return changed === 1
}

export async function endBulk(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.execute('UPDATE message_bulk SET endedAt = ? WHERE id = ?', [nowMs, id])
}

/** Those whose rows are all there, or that were stopped, and that are not known to be over. */
export function bulksToEnd(reader: Reader): Promise<BulkRow[]> {
  return reader.query<BulkRow>(
    `SELECT * FROM message_bulk WHERE state IN ('sending', 'stopped') AND endedAt IS NULL ORDER BY id LIMIT 200`,
  )
}

/** A page of a bulk's rows that nobody is sending and that have not become anything yet. */
export async function unclaimedOfBulk(
  reader: Reader,
  bulkId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM message WHERE bulkId = ? AND id > ? AND state = 'due' AND token IS NULL ORDER BY id LIMIT ${limit}`,
    [bulkId, afterId],
  )
  return rows.map(({ id }) => id)
}

/** Takes rows back that nobody is sending; answers how many. */
export async function cancelUnclaimed(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  return tx.execute(
    `UPDATE message SET state = 'cancelled', dueAt = NULL, waitsFor = NULL
      WHERE id IN (${placeholders(ids.length)}) AND state = 'due' AND token IS NULL`,
    [...ids],
  )
}

/** A page of whoever read a bulk's message, or may have. */
export function toldOfBulk(
  reader: Reader,
  bulkId: string,
  afterId: string,
  limit: number,
): Promise<Pick<MessageRow, 'id' | 'residentId' | 'householdId'>[]> {
  return reader.query<Pick<MessageRow, 'id' | 'residentId' | 'householdId'>>(
    `SELECT id, residentId, householdId FROM message
      WHERE bulkId = ? AND id > ?
        AND (state IN ('sent', 'inbox', 'unknown', 'failed', 'expired') OR (state = 'cancelled' AND readAt IS NOT NULL))
      ORDER BY id LIMIT ${limit}`,
    [bulkId, afterId],
  )
}
