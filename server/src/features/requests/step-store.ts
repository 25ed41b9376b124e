import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type RequestFileRow, requestFileTable, type StepRow, stepTable } from './entities'

export async function insertStep(tx: Tx, row: StepRow): Promise<void> {
  await tx.insert(stepTable, row)
}

/** Far more than any request has; a timeline that is longer shows its newest. */
const MOST_STEPS = 500

/** The timeline, oldest first, internal lines among them. */
export async function stepsOf(reader: Reader, requestId: string): Promise<StepRow[]> {
  const rows = await reader.query<StepRow>(
    `SELECT * FROM request_step WHERE requestId = ? ORDER BY id DESC LIMIT ${MOST_STEPS}`,
    [requestId],
  )
  return rows.toReversed()
}

export async function findStep(reader: Reader, id: string): Promise<StepRow | null> {
  const rows = await reader.query<StepRow>('SELECT * FROM request_step WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Whether the request has a line of this kind since then. */
export async function hasStepSince(
  reader: Reader,
  requestId: string,
  kind: string,
  sinceMs: number,
): Promise<boolean> {
  const rows = await reader.query<{ id: string }>(
    'SELECT id FROM request_step WHERE requestId = ? AND kind = ? AND at >= ? LIMIT 1',
    [requestId, kind, sinceMs],
  )
  return rows.length > 0
}

/** The roles of files that came with lines since then. */
export async function rolesOfFiles(reader: Reader, requestId: string, sinceMs: number): Promise<Set<string>> {
  const rows = await reader.query<{ role: string }>(
    `SELECT DISTINCT f.role FROM request_file f JOIN request_step s ON s.id = f.stepId
      WHERE f.requestId = ? AND s.at >= ?`,
    [requestId, sinceMs],
  )
  return new Set(rows.map((row) => row.role))
}

export async function insertRequestFiles(tx: Tx, rows: readonly RequestFileRow[]): Promise<void> {
  await tx.insert(requestFileTable, rows)
}

/** The files of these requests, in the order in which they were added. */
export async function filesOf(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, RequestFileRow[]>> {
  const found = new Map<string, RequestFileRow[]>(requestIds.map((id) => [id, []]))
  if (requestIds.length === 0) return found
  const rows = await reader.query<RequestFileRow>(
    `SELECT * FROM request_file WHERE requestId IN (${placeholders(requestIds.length)}) ORDER BY requestId, stepId, position`,
    requestIds,
  )
  for (const row of rows) found.get(row.requestId)?.push(row)
  return found
}

/** The link between one request and one file, or null when they have nothing to do with each other. */
export async function findRequestFile(
  reader: Reader,
  requestId: string,
  fileId: string,
): Promise<RequestFileRow | null> {
  const rows = await reader.query<RequestFileRow>(
    'SELECT * FROM request_file WHERE requestId = ? AND fileId = ?',
    [requestId, fileId],
  )
  return rows[0] ?? null
}
