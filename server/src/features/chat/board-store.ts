import type { SignedInStaff } from '../../core/context'
import type { Reader, SqlValue } from '../../core/db/database'
import { scopeSql } from '../staff'
import type { ConversationRow } from './entities'

/** SQL of the live board. Sums of MariaDB come as text, so every number is made one. */

type Scoped = Pick<SignedInStaff, 'companies' | 'areaPaths'>

/** Named so that the indexes which begin with the state find a day among years. */
const ANY_STATE = "('bot', 'waiting', 'active', 'closed')"

interface Where {
  readonly sql: string
  readonly params: SqlValue[]
}

function within(staff: Scoped, companyId: string | undefined): Where {
  const scope = scopeSql(staff, 'c')
  if (companyId === undefined) return scope
  return { sql: `${scope.sql} AND c.companyId = ?`, params: [...scope.params, companyId] }
}

export interface Standing {
  readonly waiting: number
  readonly active: number
  readonly withBot: number
  readonly escalated: number
  readonly longestWaitSince: number | null
}

/** How it stands now. */
export async function standingNow(
  reader: Reader,
  staff: Scoped,
  companyId: string | undefined,
): Promise<Standing> {
  const { sql, params } = within(staff, companyId)
  const rows = await reader.query<Record<keyof Standing, number | string | null>>(
    `SELECT SUM(CASE WHEN c.state = 'waiting' THEN 1 ELSE 0 END) AS waiting,
        SUM(CASE WHEN c.state = 'active' THEN 1 ELSE 0 END) AS active,
        SUM(CASE WHEN c.state = 'bot' THEN 1 ELSE 0 END) AS withBot,
        SUM(CASE WHEN c.unansweredSince IS NOT NULL AND c.escalatedAt >= c.unansweredSince THEN 1 ELSE 0 END) AS escalated,
        MIN(c.waitingSince) AS longestWaitSince
      FROM conversation c WHERE c.state IN ('bot', 'waiting', 'active') AND ${sql}`,
    params,
  )
  const [row] = rows
  const number = (name: keyof Standing): number => Number(row?.[name] ?? 0)
  const since = row?.longestWaitSince ?? null
  return {
    waiting: number('waiting'),
    active: number('active'),
    withBot: number('withBot'),
    escalated: number('escalated'),
    longestWaitSince: since === null ? null : Number(since),
  }
}

const FIGURES = [
  'opened',
  'called',
  'firstAnswerMs',
  'queuedMs',
  'handlingMs',
  'abandoned',
  'rated',
  'good',
  'leftWords',
] as const
export type Figures = Readonly<Record<(typeof FIGURES)[number], number | null>>

/** What began in this span of time, in one look. A mean over nothing is null. */
export async function figuresOf(
  reader: Reader,
  staff: Scoped,
  asked: { readonly companyId: string | undefined; readonly from: number; readonly until: number },
): Promise<Figures> {
  const { sql, params } = within(staff, asked.companyId)
  const rows = await reader.query<Record<string, number | string | null>>(
    `SELECT COUNT(*) AS opened,
        SUM(CASE WHEN c.calledAt IS NOT NULL THEN 1 ELSE 0 END) AS called,
        AVG(c.firstAnswerAt - c.calledAt) AS firstAnswerMs, AVG(c.queuedMs) AS queuedMs,
        AVG(CASE WHEN c.firstAnswerAt IS NOT NULL THEN c.closedAt - c.assignedAt END) AS handlingMs,
        SUM(CASE WHEN c.calledAt IS NOT NULL AND c.firstAnswerAt IS NULL AND c.state = 'closed'
          AND c.closeReason <> 'words' THEN 1 ELSE 0 END) AS abandoned,
        SUM(CASE WHEN c.stars IS NOT NULL THEN 1 ELSE 0 END) AS rated,
        SUM(CASE WHEN c.stars >= 4 THEN 1 ELSE 0 END) AS good,
        SUM(CASE WHEN c.closeReason = 'words' THEN 1 ELSE 0 END) AS leftWords
      FROM conversation c WHERE c.state IN ${ANY_STATE} AND c.lastAt >= ? AND c.createdAt >= ? AND c.createdAt < ? AND ${sql}`,
    [asked.from, asked.from, asked.until, ...params],
  )
  const [row] = rows
  return Object.fromEntries(
    FIGURES.map((name) => {
      const value = row?.[name] ?? null
      return [name, value === null ? null : Math.round(Number(value))]
    }),
  ) as Figures
}

interface AgentDay {
  readonly done: number
  readonly firstAnswerMs: number | null
  readonly good: number
  readonly rated: number
}

/** What each agent did with the conversations that began since then. */
export async function agentDays(
  reader: Reader,
  staff: Scoped,
  asked: { readonly companyId: string | undefined; readonly from: number },
): Promise<Map<string, AgentDay>> {
  const { sql, params } = within(staff, asked.companyId)
  const rows = await reader.query<{
    id: string
    done: number | string
    firstAnswerMs: number | string | null
    good: number | string
    rated: number | string
  }>(
    `SELECT c.assigneeId AS id, SUM(CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END) AS done,
        AVG(c.firstAnswerAt - c.calledAt) AS firstAnswerMs,
        SUM(CASE WHEN c.stars >= 4 THEN 1 ELSE 0 END) AS good,
        SUM(CASE WHEN c.stars IS NOT NULL THEN 1 ELSE 0 END) AS rated
      FROM conversation c WHERE c.state IN ${ANY_STATE} AND c.assigneeId IS NOT NULL AND c.lastAt >= ? AND c.createdAt >= ? AND ${sql}
      GROUP BY c.assigneeId`,
    [asked.from, asked.from, ...params],
  )
  return new Map(
    rows.map(({ id, done, firstAnswerMs, good, rated }) => [
      id,
      {
        done: Number(done),
        firstAnswerMs: firstAnswerMs === null ? null : Math.round(Number(firstAnswerMs)),
        good: Number(good),
        rated: Number(rated),
      },
    ]),
  )
}

/** Whose residents wait longest, for anybody or for the next words. */
export async function waitingLongest(
  reader: Reader,
  staff: Scoped,
  asked: { readonly companyId: string | undefined; readonly limit: number },
): Promise<ConversationRow[]> {
  const { sql, params } = within(staff, asked.companyId)
  return reader.query<ConversationRow>(
    `SELECT c.* FROM conversation c WHERE c.state IN ('waiting', 'active') AND c.unansweredSince IS NOT NULL
      AND ${sql} ORDER BY c.unansweredSince, c.id LIMIT ${asked.limit}`,
    params,
  )
}
