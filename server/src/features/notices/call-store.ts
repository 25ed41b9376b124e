import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type CallRow, callTable } from './entities'

/** Customers to be called about a notice. */

/** Whose rows are meant: pieces of paths, null is everywhere. */
type Pieces = readonly string[] | null

function inside(pieces: Pieces): { sql: string; params: SqlValue[] } {
  if (pieces === null) return { sql: '1 = 1', params: [] }
  if (pieces.length === 0) return { sql: '1 = 0', params: [] }
  return {
    sql: `(${pieces.map(() => 'areaPath LIKE ?').join(' OR ')})`,
    params: pieces.map((piece) => `%${piece}%`),
  }
}

const RANK = "CASE mark WHEN 'important' THEN 0 WHEN 'sensitive' THEN 1 ELSE 2 END"

export interface CallPosition {
  readonly rank: number
  readonly householdId: string
}

/** A page of the list: who matters most first. */
export async function callPage(
  reader: Reader,
  asked: {
    readonly noticeId: string
    readonly pieces: Pieces
    readonly after: CallPosition | null
    readonly limit: number
  },
): Promise<(CallRow & { rank: number })[]> {
  const scope = inside(asked.pieces)
  const params: SqlValue[] = [asked.noticeId, ...scope.params]
  const after = asked.after === null ? '' : `AND (${RANK} > ? OR (${RANK} = ? AND householdId > ?))`
  if (asked.after !== null) params.push(asked.after.rank, asked.after.rank, asked.after.householdId)
  const rows = await reader.query<CallRow & { callRank: number }>(
    `SELECT notice_call.*, ${RANK} AS callRank FROM notice_call WHERE noticeId = ? AND ${scope.sql} ${after}
      ORDER BY callRank, householdId LIMIT ${asked.limit}`,
    params,
  )
  return rows.map(({ callRank, ...row }) => ({ ...row, rank: Number(callRank) }))
}

export async function countCalls(
  reader: Reader,
  noticeId: string,
  pieces: Pieces,
): Promise<{ open: number; total: number }> {
  const scope = inside(pieces)
  const rows = await reader.query<{ state: CallRow['state']; n: number }>(
    `SELECT state, COUNT(*) AS n FROM notice_call WHERE noticeId = ? AND ${scope.sql} GROUP BY state`,
    [noticeId, ...scope.params],
  )
  const open = Number(rows.find(({ state }) => state === 'open')?.n ?? 0)
  return { open, total: rows.reduce((sum, { n }) => sum + Number(n), 0) }
}

/** Adds those that are not in the list yet; who was called stays called. */
export async function addCalls(tx: Tx, noticeId: string, rows: readonly CallRow[]): Promise<void> {
  if (rows.length === 0) return
  const known = await tx.query<{ householdId: string }>(
    `SELECT householdId FROM notice_call WHERE noticeId = ? AND householdId IN (${placeholders(rows.length)})`,
    [noticeId, ...rows.map(({ householdId }) => householdId)],
  )
  const had = new Set(known.map(({ householdId }) => householdId))
  await tx.insert(
    callTable,
    rows.filter(({ householdId }) => !had.has(householdId)),
  )
}

/** True when that customer of these areas is in the list. */
export async function saveTick(
  tx: Tx,
  of: { readonly noticeId: string; readonly householdId: string; readonly pieces: Pieces },
  tick: Pick<CallRow, 'state' | 'note' | 'byStaff' | 'at'>,
): Promise<boolean> {
  const scope = inside(of.pieces)
  const matched = await tx.execute(
    `UPDATE notice_call SET state = ?, note = ?, byStaff = ?, at = ? WHERE noticeId = ? AND householdId = ? AND ${scope.sql}`,
    [tick.state, tick.note, tick.byStaff, tick.at, of.noticeId, of.householdId, ...scope.params],
  )
  return matched === 1
}

/** Whether that customer of these areas is in the list. */
export async function isListed(
  reader: Reader,
  of: { readonly noticeId: string; readonly householdId: string; readonly pieces: Pieces },
): Promise<boolean> {
  const scope = inside(of.pieces)
  const rows = await reader.query<{ householdId: string }>(
    `SELECT householdId FROM notice_call WHERE noticeId = ? AND householdId = ? AND ${scope.sql}`,
    [of.noticeId, of.householdId, ...scope.params],
  )
  return rows.length === 1
}
