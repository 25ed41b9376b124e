import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  drainTable,
  type DrainRow,
  type ReadingPostingRow,
  readingPostingTable,
  type WritebackRow,
  writebackTable,
} from './entities'

export async function insertWritebacks(tx: Tx, rows: readonly WritebackRow[]): Promise<void> {
  await tx.insert(writebackTable, rows)
}

export async function insertReadingPosting(tx: Tx, row: ReadingPostingRow): Promise<void> {
  await tx.insert(readingPostingTable, row)
}

/** What the readings among these postings say, by posting. */
export async function readingContents(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<ReadingPostingRow>(
    `SELECT writebackId, content FROM reading_posting WHERE writebackId IN (${placeholders(ids.length)})`,
    ids,
  )
  return new Map(rows.map(({ writebackId, content }) => [writebackId, content]))
}

export async function postingsBySerial(
  reader: Reader,
  serials: readonly string[],
): Promise<Pick<WritebackRow, 'serial' | 'amountFen' | 'state' | 'lastCode' | 'notBefore'>[]> {
  if (serials.length === 0) return []
  return reader.query(
    `SELECT serial, amountFen, state, lastCode, notBefore FROM writeback WHERE serial IN (${placeholders(serials.length)})`,
    serials,
  )
}

/** Companies that have something waiting for their billing system. */
export async function companiesWaiting(reader: Reader, nowMs: number): Promise<string[]> {
  const rows = await reader.query<{ companyId: string }>(
    "SELECT DISTINCT companyId FROM writeback WHERE state = 'due' AND notBefore <= ?",
    [nowMs],
  )
  return rows.map((row) => row.companyId)
}

/** The next postings of one company, in the order in which the money was settled. */
export function nextWritebacks(
  reader: Reader,
  companyId: string,
  { nowMs, limit }: { nowMs: number; limit: number },
): Promise<WritebackRow[]> {
  return reader.query<WritebackRow>(
    `SELECT * FROM writeback WHERE state = 'due' AND companyId = ? AND notBefore <= ? ORDER BY id LIMIT ${limit}`,
    [companyId, nowMs],
  )
}

export async function countWaiting(reader: Reader, companyId: string): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    "SELECT COUNT(*) AS n FROM writeback WHERE state = 'due' AND companyId = ?",
    [companyId],
  )
  return Number(rows[0]?.n ?? 0)
}

export async function endWritebacks(
  tx: Tx,
  ids: readonly string[],
  end: { state: 'done' | 'refused'; code: string; nowMs: number },
): Promise<void> {
  await tx.execute(
    `UPDATE writeback SET state = ?, lastCode = ?, attempts = attempts + 1, doneAt = ? WHERE id IN (${placeholders(ids.length)})`,
    [end.state, end.code.slice(0, 40), end.nowMs, ...ids],
  )
}

export async function noteFailedWriteback(tx: Tx, id: string, code: string): Promise<void> {
  await tx.execute('UPDATE writeback SET attempts = attempts + 1, lastCode = ? WHERE id = ?', [
    code.slice(0, 40),
    id,
  ])
}

export async function setAside(
  tx: Tx,
  id: string,
  after: { code: string; notBefore: number },
): Promise<void> {
  await tx.execute('UPDATE writeback SET attempts = attempts + 1, lastCode = ?, notBefore = ? WHERE id = ?', [
    after.code.slice(0, 40),
    after.notBefore,
    id,
  ])
}

/** Takes the company's one drain for `untilMs`, unless somebody holds it or it rests after a failure. */
export async function takeDrain(
  tx: Tx,
  companyId: string,
  lease: { token: string; nowMs: number; untilMs: number },
): Promise<boolean> {
  const taken = await tx.execute(
    'UPDATE writeback_drain SET token = ?, leaseUntil = ? WHERE companyId = ? AND leaseUntil <= ? AND notBefore <= ?',
    [lease.token, lease.untilMs, companyId, lease.nowMs, lease.nowMs],
  )
  if (taken === 1) return true
  const rows = await tx.query<DrainRow>('SELECT * FROM writeback_drain WHERE companyId = ?', [companyId])
  if (rows.length > 0) return false
  try {
    await tx.insert(drainTable, {
      companyId,
      token: lease.token,
      leaseUntil: lease.untilMs,
      failures: 0,
      notBefore: 0,
    })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** Still ours? Extends the lease while work goes on. */
export async function keepDrain(tx: Tx, companyId: string, token: string, untilMs: number): Promise<boolean> {
  return (
    (await tx.execute('UPDATE writeback_drain SET leaseUntil = ? WHERE companyId = ? AND token = ?', [
      untilMs,
      companyId,
      token,
    ])) === 1
  )
}

/** Gives the drain back; after a failure the company rests until `notBefore`. */
export async function releaseDrain(
  tx: Tx,
  companyId: string,
  token: string,
  after: { failures: number; notBefore: number },
): Promise<void> {
  await tx.execute(
    'UPDATE writeback_drain SET token = NULL, leaseUntil = 0, notBefore = ?, failures = ? WHERE companyId = ? AND token = ?',
    [after.notBefore, after.failures, companyId, token],
  )
}

export async function drainFailures(reader: Reader, companyId: string): Promise<number> {
  const rows = await reader.query<DrainRow>('SELECT * FROM writeback_drain WHERE companyId = ?', [companyId])
  return Number(rows[0]?.failures ?? 0)
}
