import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type MessageRow, messageTable, type SwitchRow, switchTable } from './entities'

export async function insertMessage(tx: Tx, row: MessageRow): Promise<void> {
  await tx.insert(messageTable, row)
}

export async function findMessage(reader: Reader, id: string): Promise<MessageRow | null> {
  const rows = await reader.query<MessageRow>('SELECT * FROM message WHERE id = ?', [id])
  return rows[0] ?? null
}

/** A page of the inbox, newest first; `before` is the last id of the page before. */
export function messagesOf(
  reader: Reader,
  residentIds: readonly string[],
  before: string | null,
  limit: number,
): Promise<MessageRow[]> {
  return reader.query<MessageRow>(
    `SELECT * FROM message WHERE residentId IN (${placeholders(residentIds.length)}) ${before === null ? '' : 'AND id < ?'}
      ORDER BY id DESC LIMIT ${limit}`,
    [...residentIds, ...(before === null ? [] : [before])],
  )
}

export async function countUnread(reader: Reader, residentIds: readonly string[]): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM message WHERE residentId IN (${placeholders(residentIds.length)}) AND readAt IS NULL`,
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
