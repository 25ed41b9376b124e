import type { SignedInStaff } from '../../core/context'
import { type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { scopeSql } from '../staff'
import { type ChatReviewRow, chatReviewTable } from './entities'

/** SQL over conversations that somebody looks at (质检). */

export async function insertReview(tx: Tx, row: ChatReviewRow): Promise<void> {
  await tx.insert(chatReviewTable, row)
}

export async function findReview(reader: Reader, id: string): Promise<ChatReviewRow | null> {
  const rows = await reader.query<ChatReviewRow>('SELECT * FROM chat_review WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function lockReview(tx: Tx, id: string): Promise<ChatReviewRow | null> {
  const rows = await tx.query<ChatReviewRow>(`SELECT * FROM chat_review WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function reviewOf(reader: Reader, conversationId: string): Promise<ChatReviewRow | null> {
  const rows = await reader.query<ChatReviewRow>('SELECT * FROM chat_review WHERE conversationId = ?', [
    conversationId,
  ])
  return rows[0] ?? null
}

export async function saveScores(
  tx: Tx,
  row: Pick<ChatReviewRow, 'id' | 'scores' | 'total' | 'words' | 'byId' | 'byName' | 'doneAt'>,
): Promise<void> {
  await tx.execute(
    `UPDATE chat_review SET state = 'done', scores = ?, total = ?, words = ?, byId = ?, byName = ?, doneAt = ?
      WHERE id = ?`,
    [row.scores, row.total, row.words, row.byId, row.byName, row.doneAt, row.id],
  )
}

interface ReviewFilter {
  readonly state: ChatReviewRow['state']
  readonly companyId?: string | undefined
  /** An agent reads their own alone. */
  readonly agentId?: string | undefined
  readonly after: { readonly at: number; readonly id: string }
  readonly limit: number
}

type Scoped = Pick<SignedInStaff, 'companies' | 'areaPaths'>

function conditions(
  staff: Scoped,
  filter: Pick<ReviewFilter, 'companyId' | 'agentId'>,
): { sql: string; params: SqlValue[] } {
  const scope = scopeSql(staff, 'r')
  const also: [string, string][] = []
  if (filter.companyId !== undefined) also.push(['r.companyId = ?', filter.companyId])
  if (filter.agentId !== undefined) also.push(['r.agentId = ?', filter.agentId])
  return {
    sql: [scope.sql, ...also.map(([sql]) => sql)].join(' AND '),
    params: [...scope.params, ...also.map(([, value]) => value)],
  }
}

/** The newest first. */
export async function reviewPage(
  reader: Reader,
  staff: Scoped,
  filter: ReviewFilter,
): Promise<ChatReviewRow[]> {
  const { sql, params } = conditions(staff, filter)
  const { at, id } = filter.after
  return reader.query<ChatReviewRow>(
    `SELECT r.* FROM chat_review r WHERE ${sql} AND r.state = ? AND r.createdAt <= ?
      AND (r.createdAt < ? OR r.id < ?) ORDER BY r.createdAt DESC, r.id DESC LIMIT ${filter.limit}`,
    [...params, filter.state, at, at, id],
  )
}

/** The points of each agent since then. */
export async function pointsByAgent(
  reader: Reader,
  staff: Scoped,
  filter: Pick<ReviewFilter, 'companyId' | 'agentId'> & { readonly since: number },
): Promise<{ id: string; name: string; reviewed: number; average: number }[]> {
  const { sql, params } = conditions(staff, filter)
  const rows = await reader.query<{
    id: string
    name: string
    reviewed: number | string
    average: number | string
  }>(
    `SELECT r.agentId AS id, MAX(r.agentName) AS name, COUNT(*) AS reviewed, AVG(r.total) AS average
      FROM chat_review r WHERE ${sql} AND r.state = 'done' AND r.createdAt >= ?
      GROUP BY r.agentId ORDER BY COUNT(*) DESC, r.agentId LIMIT 200`,
    [...params, filter.since],
  )
  return rows.map(({ id, name, reviewed, average }) => ({
    id,
    name,
    reviewed: Number(reviewed),
    average: Math.round(Number(average)),
  }))
}
