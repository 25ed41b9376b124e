import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
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

type Own = 'id' | 'residentId' | 'householdId'
/** Far fewer values than any engine binds in one statement. */
const ROWS_AT_ONCE = 5000
const ROWS_PLAIN = 50

/**
 * Rows that are alike but for whom they are for. What they share is written once in the statement, which the database
 * reads twice as fast as a plain multi-row INSERT (npm run bench -- fanout).
 */
export async function insertMessages(
  tx: Tx,
  alike: Omit<MessageRow, Own>,
  rows: readonly Pick<MessageRow, Own>[],
): Promise<void> {
  // Prepared, as short statements are, MariaDB 10 reads the values of such a list as empty.
  if (rows.length < ROWS_PLAIN)
    return tx.insert(
      messageTable,
      rows.map((row) => ({ ...alike, ...row })),
    )
  const shared = messageTable.columnNames.filter((name) => !OWN.includes(name))
  const values: Readonly<Record<string, SqlValue>> = { ...alike }
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE)
    const row = tx.engine === 'mysql' ? 'ROW(?,?,?)' : '(?,?,?)'
    await tx.execute(
      `INSERT INTO message (${[...OWN, ...shared].join(',')})
        WITH own(a, b, c) AS (VALUES ${row}${`,${row}`.repeat(some.length - 1)})
        SELECT a, b, c, ${placeholders(shared.length)} FROM own`,
      [
        ...some.flatMap(({ id, residentId, householdId }) => [id, residentId, householdId]),
        ...shared.map((name) => values[name] ?? null),
      ],
    )
  }
}

const OWN: readonly string[] = ['id', 'residentId', 'householdId'] satisfies Own[]

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
