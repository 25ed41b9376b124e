import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type ReadingRow, readingTable } from './entities'

export async function findReading(reader: Reader, id: string): Promise<ReadingRow | null> {
  const rows = await reader.query<ReadingRow>('SELECT * FROM meter_reading WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function readingsByIds(reader: Reader, ids: readonly string[]): Promise<ReadingRow[]> {
  if (ids.length === 0) return []
  return reader.query<ReadingRow>(
    `SELECT * FROM meter_reading WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
}

export async function lockReading(tx: Tx, id: string): Promise<ReadingRow | null> {
  const rows = await tx.query<ReadingRow>(`SELECT * FROM meter_reading WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function insertReading(tx: Tx, row: ReadingRow): Promise<void> {
  await tx.insert(readingTable, row)
}

/** The reading of a meter that counts for a month now. */
export async function readingOfMonth(
  reader: Reader,
  meterId: string,
  period: string,
): Promise<ReadingRow | null> {
  const rows = await reader.query<ReadingRow>(
    'SELECT * FROM meter_reading WHERE meterId = ? AND period = ? AND activeSlot = 1',
    [meterId, period],
  )
  return rows[0] ?? null
}

/** What was reported for a meter, newest first. */
export function readingsOfMeter(reader: Reader, meterId: string, limit: number): Promise<ReadingRow[]> {
  return reader.query<ReadingRow>(
    `SELECT * FROM meter_reading WHERE meterId = ? ORDER BY id DESC LIMIT ${limit}`,
    [meterId],
  )
}

/** The newest reading that was to correct this bill and was not given up. */
export async function readingOfBill(reader: Reader, billId: string): Promise<ReadingRow | null> {
  const rows = await reader.query<ReadingRow>(
    "SELECT * FROM meter_reading WHERE billId = ? AND state IN ('adopted', 'doubtful') ORDER BY id DESC LIMIT 1",
    [billId],
  )
  return rows[0] ?? null
}

/** The serial by which the billing system knows a meter's month now, or null. */
export async function lastPostedSerial(
  reader: Reader,
  meterId: string,
  period: string,
): Promise<string | null> {
  const rows = await reader.query<{ postedSerial: string }>(
    `SELECT postedSerial FROM meter_reading WHERE meterId = ? AND period = ? AND postedSerial IS NOT NULL
      ORDER BY id DESC LIMIT 1`,
    [meterId, period],
  )
  return rows[0]?.postedSerial ?? null
}

const CHANGING = [
  'correctedValue',
  'state',
  'activeSlot',
  'judgement',
  'dueAt',
  'decidedById',
  'decidedByName',
  'decidedAt',
  'decision',
  'requestId',
  'postedSerial',
  'billId',
  'billVersion',
  'billAmountFen',
  'correction',
  'joinState',
  'joinAmountFen',
  'joinedAt',
  'joinLookAt',
  'version',
  'updatedAt',
] as const satisfies readonly (keyof ReadingRow)[]

/** Writes what can change of a row that the caller has locked. */
export async function saveReading(tx: Tx, row: ReadingRow): Promise<void> {
  await tx.execute(
    `UPDATE meter_reading SET ${CHANGING.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    [...CHANGING.map((name) => row[name]), row.id],
  )
}

/** Readings whose bill may have been corrected meanwhile, those first that were not looked at for longest. */
export function readingsToJoin(reader: Reader, nowMs: number, limit: number): Promise<ReadingRow[]> {
  return reader.query<ReadingRow>(
    `SELECT * FROM meter_reading WHERE joinState = 'waiting' AND joinLookAt <= ? ORDER BY joinLookAt, id LIMIT ${limit}`,
    [nowMs],
  )
}

interface Condition {
  readonly sql: string
  readonly params: readonly SqlValue[]
}
export interface QueuePosition {
  readonly at: number
  readonly id: string
}

/** Doubtful readings of one company and scope, the one that is promised first in front. */
export function doubtfulPage(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly scope: Condition
    readonly after: QueuePosition | null
    readonly limit: number
  },
): Promise<ReadingRow[]> {
  const { companyId, scope, after } = asked
  return reader.query<ReadingRow>(
    `SELECT r.* FROM meter_reading r WHERE r.companyId = ? AND r.state = 'doubtful' AND ${scope.sql}
      ${after === null ? '' : 'AND (r.dueAt > ? OR (r.dueAt = ? AND r.id > ?))'}
      ORDER BY r.dueAt, r.id LIMIT ${asked.limit}`,
    [companyId, ...scope.params, ...(after === null ? [] : [after.at, after.at, after.id])],
  )
}

/** Readings of one company, month and state, newest first. */
export function monthPage(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly scope: Condition
    readonly period: string
    readonly state: string
    readonly before: string | null
    readonly limit: number
  },
): Promise<ReadingRow[]> {
  const { companyId, scope, period, state, before } = asked
  return reader.query<ReadingRow>(
    `SELECT r.* FROM meter_reading r WHERE r.companyId = ? AND r.period = ? AND r.state = ? AND ${scope.sql}
      ${before === null ? '' : 'AND r.id < ?'} ORDER BY r.id DESC LIMIT ${asked.limit}`,
    [companyId, period, state, ...scope.params, ...(before === null ? [] : [before])],
  )
}

export interface AreaCount {
  readonly areaPath: string
  readonly n: number | string
}

/** Meters of a company in scope by the place of their household. */
export function countMeters(reader: Reader, companyId: string, scope: Condition): Promise<AreaCount[]> {
  return reader.query<AreaCount>(
    `SELECT m.areaPath, COUNT(*) AS n FROM meter m WHERE m.companyId = ? AND ${scope.sql} GROUP BY m.areaPath`,
    [companyId, ...scope.params],
  )
}

/** What counts for a month, by place and by how it came to be so. */
export function countReadings(
  reader: Reader,
  of: { readonly companyId: string; readonly period: string },
  scope: Condition,
): Promise<(AreaCount & { readonly state: string; readonly byItself: number | string })[]> {
  return reader.query(
    `SELECT r.areaPath, r.state, COUNT(*) AS n, SUM(CASE WHEN r.decidedAt IS NULL THEN 1 ELSE 0 END) AS byItself
      FROM meter_reading r WHERE r.companyId = ? AND r.period = ? AND r.state IN ('adopted', 'doubtful', 'rejected')
        AND ${scope.sql} GROUP BY r.areaPath, r.state`,
    [of.companyId, of.period, ...scope.params],
  )
}
