import type { Reader } from '../../core/db/database'
import { NEVER_DUE, type RequestRow } from './entities'
import {
  equal,
  firstIdAt,
  hint,
  inAreas,
  type InboxPosition,
  type InboxScope,
  oneOf,
  OPEN,
  type Sql,
} from './inbox-store'
import type { RequestState } from './schema'

/** What stands around the console's list: counts, the tail of changes, and a household's history. */

export const COUNTED_MAX = 999
/** How many of the nearest rows of a company are looked at; whoever has more to do than this needs no exact count. */
const LOOKED_AT_MAX = 4000

/** What waits for one person and for their team, each counted up to 999. */
export async function countOwn(
  reader: Reader,
  scope: InboxScope,
  asked: { staffId: string; teamId: string | null },
): Promise<{ mine: number; team: number }> {
  if (scope.companies.length === 0 || scope.areaPaths?.length === 0) return { mine: 0, team: 0 }
  const inScope = [
    oneOf('companyId', scope.companies),
    ...(scope.areaPaths === null ? [] : [inAreas(scope.areaPaths)]),
  ]
  const [mine, team] = await Promise.all([
    countUpTo(reader, 'request_of_assignee', [equal('assigneeId', asked.staffId), OPEN, ...inScope]),
    asked.teamId === null
      ? 0
      : countUpTo(reader, 'request_of_team', [equal('teamId', asked.teamId), OPEN, ...inScope]),
  ])
  return { mine, team }
}

async function countUpTo(reader: Reader, index: string, where: readonly Sql[]): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT r.id FROM request AS r${hint(reader, index)}
      WHERE ${where.map(({ sql }) => sql).join(' AND ')} LIMIT ${COUNTED_MAX}) AS some`,
    where.flatMap(({ params }) => params),
  )
  return Number(rows[0]?.n ?? 0)
}

const COUNTED = ['waiting', 'overdue', 'warning', 'escalated', 'urged', 'words', 'resolved'] as const
export type CompanyCounts = Readonly<Record<(typeof COUNTED)[number], number>>

/** What waits in a company, or in some of its areas, in a time that does not grow with the table. */
export async function countCompany(
  reader: Reader,
  companyId: string,
  areaPaths: readonly string[] | null,
  now: number,
): Promise<CompanyCounts> {
  if (areaPaths?.length === 0) return numbersOf(undefined)
  const where = [equal('companyId', companyId), OPEN, ...(areaPaths === null ? [] : [inAreas(areaPaths)])]
  const rows = await reader.query<CompanyCounts>(
    `SELECT COUNT(*) AS waiting, SUM(CASE WHEN s.nextDueAt < ? THEN 1 ELSE 0 END) AS overdue,
        SUM(CASE WHEN s.nextDueAt >= ? AND s.nextWarnAt <= ? THEN 1 ELSE 0 END) AS warning,
        SUM(CASE WHEN s.escalation > 0 THEN 1 ELSE 0 END) AS escalated,
        SUM(CASE WHEN s.urgesWaiting > 0 THEN 1 ELSE 0 END) AS urged,
        SUM(s.wordsFlagged) AS words,
        SUM(CASE WHEN s.state = 'resolved' THEN 1 ELSE 0 END) AS resolved
      FROM (SELECT r.nextDueAt, r.nextWarnAt, r.escalation, r.urgesWaiting, r.wordsFlagged, r.state FROM request AS r${hint(reader, 'request_open_due')}
        WHERE ${where.map(({ sql }) => sql).join(' AND ')} ORDER BY r.nextDueAt, r.id LIMIT ${LOOKED_AT_MAX}) AS s`,
    [now, now, now, ...where.flatMap(({ params }) => params)],
  )
  return numbersOf(rows[0])
}

/** A sum over no row at all is null, and MariaDB gives its sums as text. */
function numbersOf(row: CompanyCounts | undefined): CompanyCounts {
  return Object.fromEntries(COUNTED.map((name) => [name, Number(row?.[name] ?? 0)])) as Record<
    (typeof COUNTED)[number],
    number
  >
}

export type ChangedRow = Pick<
  RequestRow,
  'id' | 'companyId' | 'areaPath' | 'state' | 'version' | 'updatedAt' | 'teamId' | 'assigneeId'
>

/** What changed at or after a time, in the order of change; the tail that live pages follow. */
export async function changedSince(
  reader: Reader,
  since: InboxPosition,
  limit: number,
): Promise<ChangedRow[]> {
  return reader.query<ChangedRow>(
    `SELECT r.id, r.companyId, r.areaPath, r.state, r.version, r.updatedAt, r.teamId, r.assigneeId
      FROM request AS r${hint(reader, 'request_changed')}
      WHERE r.updatedAt >= ? AND (r.updatedAt > ? OR r.id > ?) ORDER BY r.updatedAt, r.id LIMIT ${limit}`,
    [since.at, since.at, since.id],
  )
}

export interface HistoryRow {
  readonly id: string
  readonly number: string
  readonly companyId: string
  readonly typeId: string
  readonly catalogueVersion: number
  readonly state: RequestState
  readonly createdAt: number
  readonly areaPath: string
  readonly anonymous: number
  /** Of the last round that was rated; null when none was. */
  readonly stars: number | null
}

/** A household's requests, newest first. */
export async function historyOfHousehold(
  reader: Reader,
  householdId: string,
  limit: number,
): Promise<HistoryRow[]> {
  return reader.query<HistoryRow>(
    `SELECT r.id, r.number, r.companyId, r.typeId, r.catalogueVersion, r.state, r.createdAt, r.areaPath, r.anonymous,
        (SELECT t.stars FROM request_rating AS t WHERE t.requestId = r.id ORDER BY t.round DESC LIMIT 1) AS stars
      FROM request AS r${hint(reader, 'request_of_household')} WHERE r.householdId = ? ORDER BY r.id DESC LIMIT ${limit}`,
    [householdId],
  )
}

/** How often the same thing was asked for at one household since then. */
export async function countSameType(
  reader: Reader,
  same: { householdId: string; typeId: string; since: number },
): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM request AS r${hint(reader, 'request_of_household')}
      WHERE r.householdId = ? AND r.id >= ? AND r.typeId = ?`,
    [same.householdId, firstIdAt(same.since), same.typeId],
  )
  return Number(rows[0]?.n ?? 0)
}

/** How many complaints of one household came since then. */
export async function countComplaints(
  reader: Reader,
  of: { householdId: string; since: number },
): Promise<number> {
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM request AS r${hint(reader, 'request_of_household')}
      WHERE r.householdId = ? AND r.id >= ? AND r.class = 'complaint'`,
    [of.householdId, firstIdAt(of.since)],
  )
  return Number(rows[0]?.n ?? 0)
}

/** The due time as pages show it: the far future in which nothing is due is no time. */
export const dueAtOf = (dueAt: number): number | null => (dueAt >= NEVER_DUE ? null : dueAt)
