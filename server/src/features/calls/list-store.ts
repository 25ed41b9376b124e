import type { Reader, SqlValue, Tx } from '../../core/db/database'
import type { CallRow } from './entities'

/** Pages and counts of calls. Conditions come from the scope of whoever asks. */

export interface Condition {
  readonly sql: string
  readonly params: readonly SqlValue[]
}
export interface CallPosition {
  readonly at: number
  readonly id: string
}

/** Calls of one company and scope, newest first; or those to be called back, oldest first. */
export async function callPage(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly scope: Condition
    readonly tab: 'all' | 'missed'
    readonly after: CallPosition | null
    readonly limit: number
  },
): Promise<CallRow[]> {
  const { companyId, scope, tab, after } = asked
  const [beyond, order] = tab === 'missed' ? ['>', 'ASC'] : ['<', 'DESC']
  const params: SqlValue[] = [companyId, ...scope.params]
  if (after !== null) params.push(after.at, after.at, after.id)
  const rows = await reader.query<CallRow>(
    `SELECT c.* FROM call_log c WHERE c.companyId = ? AND ${scope.sql}
      ${tab === 'missed' ? "AND c.callBack IN ('open', 'taken')" : ''}
      ${after === null ? '' : `AND (c.startedAt ${beyond} ? OR (c.startedAt = ? AND c.id ${beyond} ?))`}
      ORDER BY c.startedAt ${order}, c.id ${order} LIMIT ${asked.limit}`,
    params,
  )
  return rows
}

export interface DayCounts {
  readonly calls: number
  /** Of those that were answered or are over: what still rings may be answered in time yet. */
  readonly decided: number
  readonly answered: number
  readonly missed: number
  readonly calledBack: number
  readonly within: number
}

/** Of calls that began since then. `within`: answered after at most so many milliseconds. */
export async function countCalls(
  reader: Reader,
  asked: {
    readonly companyId: string
    readonly scope: Condition
    readonly since: number
    readonly withinMs: number
  },
): Promise<DayCounts> {
  const [row] = await reader.query<Record<keyof DayCounts, number | string | null>>(
    `SELECT COUNT(*) AS calls,
        SUM(CASE WHEN c.state = 'ringing' THEN 0 ELSE 1 END) AS decided,
        SUM(CASE WHEN c.answeredAt IS NULL THEN 0 ELSE 1 END) AS answered,
        SUM(CASE WHEN c.state = 'missed' THEN 1 ELSE 0 END) AS missed,
        SUM(CASE WHEN c.state = 'missed' AND c.callBack = 'done' THEN 1 ELSE 0 END) AS calledBack,
        SUM(CASE WHEN c.answeredAt - c.startedAt <= ? THEN 1 ELSE 0 END) AS within
       FROM call_log c WHERE c.companyId = ? AND c.startedAt >= ? AND ${asked.scope.sql}`,
    [asked.withinMs, asked.companyId, asked.since, ...asked.scope.params],
  )
  const of = (name: keyof DayCounts): number => Number(row?.[name] ?? 0)
  return {
    calls: of('calls'),
    decided: of('decided'),
    answered: of('answered'),
    missed: of('missed'),
    calledBack: of('calledBack'),
    within: of('within'),
  }
}

/** Calls in a state since before a moment: their end was lost. */
export async function lostCalls(
  reader: Reader,
  asked: { readonly state: 'ringing' | 'talking'; readonly before: number; readonly limit: number },
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM call_log WHERE state = ? AND startedAt < ? ORDER BY startedAt LIMIT ${asked.limit}`,
    [asked.state, asked.before],
  )
  return rows.map(({ id }) => id)
}

/** Deletes the oldest calls; answers how many went. */
export async function deleteCalls(tx: Tx, before: number, limit: number): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM call_log WHERE state IN ('ended', 'missed') AND startedAt < ? ORDER BY startedAt LIMIT ${limit}`,
    [before],
  )
  for (const { id } of rows) await tx.execute('DELETE FROM call_log WHERE id = ?', [id])
  return rows.length
}
