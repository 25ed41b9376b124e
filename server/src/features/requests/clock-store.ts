import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type ClockRow, clockTable } from './entities'

export async function insertClocks(tx: Tx, rows: readonly ClockRow[]): Promise<void> {
  await tx.insert(clockTable, rows)
}

/** Every clock of these requests, older rounds first. */
export async function clocksOf(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, ClockRow[]>> {
  const found = new Map<string, ClockRow[]>(requestIds.map((id) => [id, []]))
  if (requestIds.length === 0) return found
  const rows = await reader.query<ClockRow>(
    `SELECT * FROM request_clock WHERE requestId IN (${placeholders(requestIds.length)}) ORDER BY requestId, round, id`,
    requestIds,
  )
  for (const row of rows) found.get(row.requestId)?.push(row)
  return found
}

export async function findClock(reader: Reader, id: string): Promise<ClockRow | null> {
  const rows = await reader.query<ClockRow>('SELECT * FROM request_clock WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Writes what changes in a clock's life; the caller holds the lock of its request. */
export async function saveClock(tx: Tx, row: ClockRow): Promise<void> {
  await tx.execute(
    `UPDATE request_clock SET state = ?, calendar = ?, limitMinutes = ?, warnShare = ?, usedMs = ?, runs = ?,
        runsSince = ?, dueAt = ?, warnAt = ?, nextStep = ?, nextStepAt = ?, stepLeftMs = ?, metAt = ?, breachedAt = ?,
        visitFrom = ?, visitTo = ?
      WHERE id = ?`,
    [
      row.state,
      row.calendar,
      row.limitMinutes,
      row.warnShare,
      row.usedMs,
      row.runs,
      row.runsSince,
      row.dueAt,
      row.warnAt,
      row.nextStep,
      row.nextStepAt,
      row.stepLeftMs,
      row.metAt,
      row.breachedAt,
      row.visitFrom,
      row.visitTo,
      row.id,
    ],
  )
}

/** Clocks whose next step is due, in order, from where the last page ended. */
export async function dueClocks(
  reader: Reader,
  now: number,
  after: { readonly at: number; readonly id: string },
  limit: number,
): Promise<Pick<ClockRow, 'id' | 'requestId' | 'nextStep' | 'nextStepAt'>[]> {
  return reader.query(
    `SELECT id, requestId, nextStep, nextStepAt FROM request_clock
      WHERE nextStepAt <= ? AND (nextStepAt > ? OR (nextStepAt = ? AND id > ?))
      ORDER BY nextStepAt, id LIMIT ${limit}`,
    [now, after.at, after.at, after.id],
  )
}
