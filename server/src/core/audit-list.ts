import type { AuditRow } from './audit'
import type { Reader, SqlValue } from './db/database'
import { firstIdAt } from './ids'

export interface AuditFilter {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly object?: string | undefined
  /** Epoch ms, both included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** The id of the last row already shown. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Rows newest first. Ids sort by time, so a span of time is a span of ids and needs no index of its own. */
export function pageOfAudit(reader: Reader, filter: AuditFilter): Promise<AuditRow[]> {
  const conditions = ['1 = 1']
  const params: SqlValue[] = []
  const also = (sql: string, value: SqlValue | undefined): void => {
    if (value === undefined) return
    conditions.push(sql)
    params.push(value)
  }
  also('actor = ?', filter.actor)
  also('action = ?', filter.action)
  also('object = ?', filter.object)
  also('id >= ?', filter.from === undefined ? undefined : firstIdAt(filter.from))
  also('id < ?', filter.to === undefined ? undefined : firstIdAt(filter.to + 1))
  also('id < ?', filter.before)
  return reader.query<AuditRow>(
    `SELECT * FROM audit_log WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${filter.limit}`,
    params,
  )
}
