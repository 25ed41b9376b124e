import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type RequestRow, requestTable } from './entities'

/** SQL over requests. A parent is locked before its children, and requests in the order of their ids. */

export async function findRequest(reader: Reader, id: string): Promise<RequestRow | null> {
  const rows = await reader.query<RequestRow>('SELECT * FROM request WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Errors: not_found. */
export async function lockRequest(tx: Tx, id: string): Promise<RequestRow> {
  const rows = await tx.query<RequestRow>(`SELECT * FROM request WHERE id = ?${tx.forUpdate}`, [id])
  if (!rows[0]) throw new AppError('not_found', { detail: 'no such request' })
  return rows[0]
}

/** Locks several one by one in the order of their ids. Errors: not_found when one does not exist. */
export async function lockRequests(tx: Tx, ids: readonly string[]): Promise<Map<string, RequestRow>> {
  const locked = new Map<string, RequestRow>()
  for (const id of [...new Set(ids)].sort()) locked.set(id, await lockRequest(tx, id))
  return locked
}

export async function requestsByIds(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, RequestRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<RequestRow>(
    `SELECT * FROM request WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Errors: not_found, also when the link is too old to be shown any more. */
export async function findByFollowToken(reader: Reader, tokenHash: string): Promise<RequestRow | null> {
  const rows = await reader.query<RequestRow>('SELECT * FROM request WHERE followTokenHash = ?', [tokenHash])
  return rows[0] ?? null
}

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await tx.insert(requestTable, row)
}

export type RequestChanges = Partial<
  Omit<RequestRow, 'id' | 'number' | 'companyId' | 'version' | 'createdAt'>
>

const COLUMNS: ReadonlySet<string> = new Set(requestTable.columnNames)

/** Writes the changes when nobody else has changed the row since. Answers false when somebody has. */
export async function updateRequest(
  tx: Tx,
  row: Pick<RequestRow, 'id' | 'version'>,
  changes: RequestChanges,
): Promise<boolean> {
  const entries = Object.entries(changes).filter(([name, value]) => COLUMNS.has(name) && value !== undefined)
  const matched = await tx.execute(
    `UPDATE request SET version = version + 1${entries.map(([name]) => `, ${name} = ?`).join('')} WHERE id = ? AND version = ?`,
    [...entries.map(([, value]) => value), row.id, row.version],
  )
  return matched === 1
}

/** Says that something about it is new, without making what others are writing stale. */
export async function markUpdated(tx: Tx, id: string, now: number): Promise<void> {
  await tx.execute('UPDATE request SET updatedAt = ? WHERE id = ?', [now, id])
}

/** What a sweep changes; nobody's form grows stale by it. */
export async function saveSweep(
  tx: Tx,
  id: string,
  row: Pick<RequestRow, 'escalation' | 'nextDueAt' | 'nextWarnAt' | 'updatedAt'>,
): Promise<void> {
  await tx.execute(
    'UPDATE request SET escalation = ?, nextDueAt = ?, nextWarnAt = ?, updatedAt = ? WHERE id = ?',
    [row.escalation, row.nextDueAt, row.nextWarnAt, row.updatedAt, id],
  )
}

/** What an urge changes. */
export async function saveUrge(
  tx: Tx,
  id: string,
  row: Pick<RequestRow, 'urges' | 'urgesWaiting' | 'lastUrgedAt' | 'priority' | 'escalation' | 'updatedAt'>,
): Promise<void> {
  await tx.execute(
    'UPDATE request SET urges = ?, urgesWaiting = ?, lastUrgedAt = ?, priority = ?, escalation = ?, updatedAt = ? WHERE id = ?',
    [row.urges, row.urgesWaiting, row.lastUrgedAt, row.priority, row.escalation, row.updatedAt, id],
  )
}

/** Plans, or unplans, what the portal does next by itself. */
export async function saveWake(tx: Tx, id: string, row: Pick<RequestRow, 'wake' | 'wakeAt'>): Promise<void> {
  await tx.execute('UPDATE request SET wake = ?, wakeAt = ? WHERE id = ?', [row.wake, row.wakeAt, id])
}

export async function setHasPhotos(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE request SET hasPhotos = 1 WHERE id = ? AND hasPhotos = 0', [id])
}

/** Says that some of its words wait for a person's look. */
export async function markWordsWaiting(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE request SET wordsFlagged = 1 WHERE id = ? AND wordsFlagged = 0', [id])
}

export async function addChildren(tx: Tx, parentId: string, by: number, now: number): Promise<void> {
  await tx.execute('UPDATE request SET children = children + ?, updatedAt = ? WHERE id = ?', [
    by,
    now,
    parentId,
  ])
}

/** The requests that were merged into these, oldest first, at most `limit` after the id `after`. */
export async function childrenOf(
  reader: Reader,
  parentId: string,
  page: { readonly after: string; readonly limit: number } = { after: '', limit: 200 },
): Promise<RequestRow[]> {
  return reader.query<RequestRow>(
    `SELECT * FROM request WHERE parentId = ? AND id > ? ORDER BY id LIMIT ${page.limit}`,
    [parentId, page.after],
  )
}

/** All that were merged into `from` now belong to `into`. */
export async function moveChildren(tx: Tx, from: string, into: string): Promise<number> {
  return tx.execute('UPDATE request SET parentId = ? WHERE parentId = ?', [into, from])
}

/** Requests whose time has come to do something by themselves. */
export async function wokenRequests(
  reader: Reader,
  now: number,
  after: { readonly at: number; readonly id: string },
  limit: number,
): Promise<Pick<RequestRow, 'id' | 'wake' | 'wakeAt'>[]> {
  return reader.query(
    `SELECT id, wake, wakeAt FROM request
      WHERE wakeAt <= ? AND (wakeAt > ? OR (wakeAt = ? AND id > ?)) ORDER BY wakeAt, id LIMIT ${limit}`,
    [now, after.at, after.at, after.id],
  )
}

/** Everything that these ids of one person asked for. */
export async function requestIdsOf(reader: Reader, residentIds: readonly string[]): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM request WHERE residentId IN (${placeholders(residentIds.length)})`,
    residentIds,
  )
  return rows.map(({ id }) => id)
}
