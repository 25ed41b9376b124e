import type { Reader, Tx } from '../../core/db/database'
import { type SuggestionRow, suggestionTable } from './entities'

/** How suggestions come to be; what the desk does with them is in suggestion-store.ts. */

export async function openSuggestionAt(reader: Reader, areaId: string): Promise<SuggestionRow | null> {
  const rows = await reader.query<SuggestionRow>(
    'SELECT * FROM notice_suggestion WHERE areaId = ? AND openSlot = 1',
    [areaId],
  )
  return rows[0] ?? null
}

/** When the last one of this place that is over had seen its last request; 0 when there was none. */
export async function lastSuggestedAt(reader: Reader, areaId: string): Promise<number> {
  const rows = await reader.query<{ at: number | null }>(
    'SELECT MAX(lastAt) AS at FROM notice_suggestion WHERE areaId = ? AND openSlot IS NULL',
    [areaId],
  )
  return Number(rows[0]?.at ?? 0)
}

export async function insertSuggestion(tx: Tx, row: SuggestionRow): Promise<void> {
  await tx.insert(suggestionTable, row)
}

export async function growSuggestion(
  tx: Tx,
  id: string,
  seen: Pick<SuggestionRow, 'requests' | 'lastAt'>,
): Promise<void> {
  await tx.execute('UPDATE notice_suggestion SET requests = ?, lastAt = ? WHERE id = ? AND openSlot = 1', [
    seen.requests,
    seen.lastAt,
    id,
  ])
}

export async function endStale(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    "UPDATE notice_suggestion SET state = 'dismissed', openSlot = NULL WHERE id = ? AND openSlot = 1",
    [id],
  )
}
