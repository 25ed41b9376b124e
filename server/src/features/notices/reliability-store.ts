import type { Reader, SqlValue } from '../../core/db/database'
import type { Reliability } from './schema'
import type { Condition } from './store'

/** Outages that are over, and how long they were for everybody together. */

interface Asked {
  readonly scope: Condition
  readonly companyId: string
  readonly from: number
  readonly until: number
}

const RESTORED = `n.state = 'restored' AND n.cutsSupply = 1 AND n.restoredAt >= ? AND n.restoredAt < ? AND n.companyId = ?`
const paramsOf = ({ scope, companyId, from, until }: Asked): SqlValue[] => [
  from,
  until,
  companyId,
  ...scope.params,
]

/** Those that are reckoned, in the order in which supply came back. */
export async function restoredOutages(
  reader: Reader,
  asked: Asked,
  limit: number,
): Promise<Reliability['outages']> {
  const rows = await reader.query<Reliability['outages'][number]>(
    `SELECT n.id AS noticeId, n.number, n.title, n.kind, COALESCE(n.cutSince, n.startsAt) AS fromAt, n.restoredAt,
        r.households, r.countedMinutes
       FROM notice n JOIN outage_minutes_run r ON r.noticeId = n.id
      WHERE ${RESTORED} AND r.state = 'done' AND ${asked.scope.sql}
      ORDER BY n.restoredAt, n.id LIMIT ${limit}`,
    paramsOf(asked),
  )
  return rows.map((row) => ({
    ...row,
    fromAt: Number(row.fromAt),
    restoredAt: Number(row.restoredAt),
    households: Number(row.households),
    countedMinutes: Number(row.countedMinutes),
  }))
}

export async function restoredTotals(
  reader: Reader,
  asked: Asked,
): Promise<Pick<Reliability, 'count' | 'households' | 'countedMinutes' | 'pending'>> {
  const [row] = await reader.query<Record<'outages' | 'households' | 'minutes' | 'pending', number | null>>(
    `SELECT SUM(CASE WHEN r.state = 'done' THEN 1 ELSE 0 END) AS outages,
        SUM(CASE WHEN r.state = 'done' THEN r.households ELSE 0 END) AS households,
        SUM(CASE WHEN r.state = 'done' THEN r.countedMinutes ELSE 0 END) AS minutes,
        SUM(CASE WHEN n.minutesKeptAt IS NULL THEN 1 ELSE 0 END) AS pending
       FROM notice n LEFT JOIN outage_minutes_run r ON r.noticeId = n.id
      WHERE ${RESTORED} AND ${asked.scope.sql}`,
    paramsOf(asked),
  )
  return {
    count: Number(row?.outages ?? 0),
    households: Number(row?.households ?? 0),
    countedMinutes: Number(row?.minutes ?? 0),
    pending: Number(row?.pending ?? 0),
  }
}
