import type { Reader, Tx } from '../../core/db/database'
import type { DeliveryRow, MessageRow } from './entities'

export async function deliveryByPlatformId(
  reader: Reader,
  channel: string,
  platformMessageId: string,
): Promise<DeliveryRow | null> {
  const rows = await reader.query<DeliveryRow>(
    'SELECT * FROM message_delivery WHERE platformMessageId = ? AND channel = ?',
    [platformMessageId, channel],
  )
  return rows[0] ?? null
}

export async function lockMessage(tx: Tx, id: string): Promise<MessageRow | null> {
  const rows = await tx.query<MessageRow>(`SELECT * FROM message WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

/** The first report of an attempt; its cost stays what it was. */
export async function noteReport(
  tx: Tx,
  of: Pick<DeliveryRow, 'messageId' | 'channel'>,
  report: { readonly state: string; readonly code: string; readonly now: number },
): Promise<void> {
  await tx.execute(
    `UPDATE message_delivery SET state = ?, platformCode = ?, reportedAt = ?
      WHERE messageId = ? AND channel = ? AND reportedAt IS NULL`,
    [report.state, report.code.slice(0, 64), report.now, of.messageId, of.channel],
  )
}

export async function sayFinal(tx: Tx, id: string, from: string, to: string): Promise<void> {
  await tx.execute('UPDATE message SET state = ? WHERE id = ? AND state = ?', [to, id, from])
}

/** Back into the queue, for the channels that were not tried yet. */
export async function reopenMessage(tx: Tx, id: string, from: string, nowMs: number): Promise<void> {
  await tx.execute("UPDATE message SET state = 'due', dueAt = ?, token = NULL WHERE id = ? AND state = ?", [
    nowMs,
    id,
    from,
  ])
}
