import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type MessageRow, messageTable, type SwitchRow, switchTable } from './entities'

export async function insertMessage(tx: Tx, row: MessageRow): Promise<void> {
  await tx.insert(messageTable, row)
}

/**
 * What stands in an inbox: everything but what was taken back, or was about a household that the resident had left when
 * its turn came. Rows of a stopped bulk go with the stop, before they are taken back one by one.
 */
const STANDS = `m.state NOT IN ('cancelled', 'dropped')
  AND NOT (m.state = 'due' AND m.bulkId IS NOT NULL
    AND EXISTS (SELECT 1 FROM message_bulk b WHERE b.id = m.bulkId AND b.state = 'stopped'))`

/** A page of the inbox, newest first; `before` is the last id of the page before. */
export function messagesOf(
  reader: Reader,
  residentIds: readonly string[],
  before: string | null,
  limit: number,
): Promise<MessageRow[]> {
  return reader.query<MessageRow>(
    `SELECT m.* FROM message m WHERE m.residentId IN (${placeholders(residentIds.length)})
      ${before === null ? '' : 'AND m.id < ?'} AND ${STANDS}
      ORDER BY m.id DESC LIMIT ${limit}`,
    [...residentIds, ...(before === null ? [] : [before])],
  )
}

export async function countUnread(reader: Reader, residentIds: readonly string[]): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM message m
      WHERE m.residentId IN (${placeholders(residentIds.length)}) AND m.readAt IS NULL AND ${STANDS}`,
    [...residentIds],
  )
  return Number(rows[0]?.n ?? 0)
}

export async function markReadUpTo(
  tx: Tx,
  residentIds: readonly string[],
  messageId: string,
  nowMs: number,
): Promise<void> {
  await tx.execute(
    `UPDATE message SET readAt = ? WHERE residentId IN (${placeholders(residentIds.length)}) AND id <= ? AND readAt IS NULL`,
    [nowMs, ...residentIds, messageId],
  )
}

export function switchesOf(reader: Reader, residentIds: readonly string[]): Promise<SwitchRow[]> {
  return reader.query<SwitchRow>(
    `SELECT * FROM message_switch WHERE residentId IN (${placeholders(residentIds.length)})`,
    [...residentIds],
  )
}

export async function saveSwitch(tx: Tx, row: SwitchRow): Promise<void> {
  const changed = await tx.execute(
    'UPDATE message_switch SET off = ?, updatedAt = ? WHERE residentId = ? AND template = ?',
    [row.off, row.updatedAt, row.residentId, row.template],
  )
  if (changed === 0) await tx.insert(switchTable, row)
}

export async function setSwitchesOn(tx: Tx, residentIds: readonly string[], template: string): Promise<void> {
  if (residentIds.length === 0) return
  await tx.execute(
    `UPDATE message_switch SET off = 0 WHERE residentId IN (${placeholders(residentIds.length)}) AND template = ?`,
    [...residentIds, template],
  )
}
