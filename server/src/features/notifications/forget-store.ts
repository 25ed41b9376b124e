import { placeholders, type Reader, type Tx } from '../../core/db/database'

/** Ids tell when they were made, so the primary key finds what is old. What still waits to be sent stays. */
export async function oldMessages(reader: Reader, beforeId: string, limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM message WHERE id < ? AND state <> 'due' ORDER BY id LIMIT ${limit}`,
    [beforeId],
  )
  return rows.map(({ id }) => id)
}

export async function deleteMessages(tx: Tx, ids: readonly string[]): Promise<void> {
  const marks = placeholders(ids.length)
  await tx.execute(`DELETE FROM message_delivery WHERE messageId IN (${marks})`, [...ids])
  await tx.execute(`DELETE FROM message WHERE id IN (${marks})`, [...ids])
}
