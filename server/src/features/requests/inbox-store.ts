import { placeholders, type Reader, type SqlValue } from '../../core/db/database'
import type { ClockRow, RequestRow } from './entities'
import type { RequestState } from './schema'

/**
 * The console's lists. Every statement names the index it walks: the planner cannot know that twenty rows are wanted
 * from the front of a million, and now and then reads them all (npm run bench -- inbox).
 */

/** Whose rows may be seen. Null areas are all areas; no company at all is nothing at all. */
export interface InboxScope {
  readonly companies: readonly string[]
  /** Pieces of paths: an area's id and a slash, which stands in the path of everything below it. */
  readonly areaPaths: readonly string[] | null
}

export type InboxSort = 'due' | 'newest' | 'updated'

/** Ways to one request or a few, from a search; a row that any of them leads to is found. */
export interface InboxKeys {
  readonly numbers: readonly string[]
  readonly householdIds: readonly string[]
  readonly phoneIndexes: readonly string[]
  readonly phoneTailIndexes: readonly string[]
}

export interface InboxFilter {
  readonly scope: InboxScope
  readonly now: number
  /** Only what is still to be done; that half of the table has indexes of its own. */
  readonly openOnly: boolean
  readonly states?: readonly RequestState[] | undefined
  readonly class?: string | undefined
  readonly typeId?: string | undefined
  readonly teamId?: string | undefined
  readonly assigneeId?: string | undefined
  /** What is part of one outage notice. */
  readonly noticeId?: string | undefined
  /** One such piece: rows of that area and below. */
  readonly areaPiece?: string | undefined
  readonly due?: 'overdue' | 'warning' | 'escalated' | 'urged' | 'words' | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly keys?: InboxKeys | undefined
}

/** Where a page ended; `at` is the due time or the time of the last change, 0 where ids are the order. */
export interface InboxPosition {
  readonly at: number
  readonly id: string
}

const COLUMNS = [
  'id',
  'number',
  'version',
  'companyId',
  'typeId',
  'class',
  'catalogueVersion',
  'state',
  'priority',
  'areaName',
  'contactSealed',
  'anonymous',
  'words',
  'teamId',
  'assigneeId',
  'createdAt',
  'updatedAt',
  'nextDueAt',
  'nextWarnAt',
  'urges',
  'urgesWaiting',
  'wordsFlagged',
  'wordsHidden',
  'reopened',
  'escalation',
  'children',
  'hasPhotos',
] as const

/** Longer than any line of a list, and long enough to see a number that its end would cut. */
const WORDS_SHOWN = 120

/** Nobody opens fifty seals for a list: an address is fetched only where no area says where it is. */
const SELECTED = COLUMNS.map((name) => {
  if (name === 'words') return `SUBSTR(r.words, 1, ${WORDS_SHOWN}) AS words`
  return name === 'contactSealed'
    ? "CASE WHEN r.areaName = '' THEN r.contactSealed END AS contactSealed"
    : `r.${name}`
}).join(', ')

export type InboxRow = Pick<RequestRow, Exclude<(typeof COLUMNS)[number], 'contactSealed'>> & {
  /** Only of what has no area. */
  readonly contactSealed: string | null
}

export interface Sql {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** How one walk through the table begins: the index, and what is equal in its first columns. */
interface Walk {
  readonly index: string | null
  readonly where: readonly Sql[]
}

/** Newest first whatever was asked, where the rows of a search or of closed requests have no other order. */
export function sortOf(filter: InboxFilter, wanted: InboxSort): InboxSort {
  if (filter.keys) return 'newest'
  return wanted === 'due' && !filter.openOnly ? 'newest' : wanted
}

/** One page and, by one row more than asked, whether there is another. */
export async function inboxPage(
  reader: Reader,
  filter: InboxFilter,
  page: { sort: InboxSort; after: InboxPosition | null; limit: number },
): Promise<InboxRow[]> {
  const statement = await inboxStatement(reader, filter, page)
  return statement ? reader.query<InboxRow>(statement.sql, statement.params) : []
}

/**
 * Which promise of each of these is due next, or waits while the request is on hold. Asked for the rows of a page
 * alone: joined into the walk it makes MariaDB sort everything that is open.
 */
export async function nextClockKinds(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, ClockRow['kind']>> {
  if (requestIds.length === 0) return new Map()
  const rows = await reader.query<Pick<ClockRow, 'requestId' | 'kind'>>(
    `SELECT c.requestId, c.kind FROM request_clock AS c
      WHERE c.requestId IN (${placeholders(requestIds.length)}) AND (c.runsSince IS NOT NULL OR c.state = 'paused')
      ORDER BY CASE WHEN c.runsSince IS NULL THEN 0 ELSE 1 END, c.dueAt DESC, c.limitMinutes DESC`,
    requestIds,
  )
  // What is due first is read last and stands.
  return new Map(rows.map(({ requestId, kind }) => [requestId, kind]))
}

/** How many rows the filter finds, counted up to `most`. */
export async function countPage(
  reader: Reader,
  filter: InboxFilter,
  sort: InboxSort,
  most: number,
): Promise<number> {
  const statement = await inboxStatement(reader, filter, { sort, after: null, limit: most })
  if (!statement) return 0
  const rows = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (${statement.sql}) AS found`,
    statement.params,
  )
  return Number(rows[0]?.n ?? 0)
}

/** The page's one statement, also for tests that ask how the engine would run it; null when nothing can be found. */
export async function inboxStatement(
  reader: Reader,
  filter: InboxFilter,
  page: { sort: InboxSort; after: InboxPosition | null; limit: number },
): Promise<Sql | null> {
  if (filter.scope.companies.length === 0 || filter.scope.areaPaths?.length === 0) return null
  const sort = sortOf(filter, page.sort)
  const walks = await walksOf(reader, filter, sort)
  if (walks.length === 0) return null
  const narrow = [...narrowing(filter), ...behind(sort, page.after)]
  const branches = walks.map((walk) => branch(reader, walk, narrow, { sort, limit: page.limit }))
  return nearestOf(branches, sort, page.limit)
}

const ORDERS: Readonly<Record<InboxSort, string>> = {
  due: 'nextDueAt, id',
  newest: 'id DESC',
  updated: 'updatedAt DESC, id DESC',
}

function orderOf(alias: string, sort: InboxSort): string {
  return ORDERS[sort].replace(/nextDueAt|updatedAt|id/g, (column) => `${alias}.${column}`)
}

function branch(
  reader: Reader,
  walk: Walk,
  narrow: readonly Sql[],
  page: { sort: InboxSort; limit: number },
): Sql {
  const where = [...walk.where, ...narrow]
  return {
    sql: `SELECT ${SELECTED} FROM request AS r${hint(reader, walk.index)}
      WHERE ${where.map(({ sql }) => sql).join(' AND ')} ORDER BY ${orderOf('r', page.sort)} LIMIT ${page.limit}`,
    params: where.flatMap(({ params }) => params),
  }
}

/** Each company's nearest rows, then the nearest of them all. One walk is in order as it comes. */
function nearestOf(branches: readonly Sql[], sort: InboxSort, limit: number): Sql {
  const [first] = branches
  if (first && branches.length === 1) return first
  const rows = branches.map(({ sql }, index) => `SELECT * FROM (${sql}) AS b${index}`).join(' UNION ALL ')
  return {
    sql: `SELECT p.* FROM (${rows}) AS p ORDER BY ${orderOf('p', sort)} LIMIT ${limit}`,
    params: branches.flatMap(({ params }) => params),
  }
}

export function hint(reader: Reader, index: string | null): string {
  if (index === null) return ''
  return reader.engine === 'sqlite' ? ` INDEXED BY ${index}` : ` FORCE INDEX (${index})`
}

export const equal = (column: string, value: SqlValue): Sql => ({ sql: `r.${column} = ?`, params: [value] })
export const oneOf = (column: string, values: readonly string[]): Sql =>
  values.length === 1
    ? equal(column, values[0] ?? '')
    : { sql: `r.${column} IN (${placeholders(values.length)})`, params: values }
export const OPEN: Sql = { sql: 'r.openSlot = 1', params: [] }

async function walksOf(reader: Reader, filter: InboxFilter, sort: InboxSort): Promise<Walk[]> {
  const { companies } = filter.scope
  const open = filter.openOnly ? [OPEN] : []
  if (filter.keys) {
    const ids = await idsBehind(reader, filter.keys)
    return ids.length === 0
      ? []
      : [{ index: null, where: [oneOf('id', ids), oneOf('companyId', companies), ...open] }]
  }
  const inCompanies = oneOf('companyId', companies)
  // What one outage holds is found by it, in whatever order.
  if (filter.noticeId !== undefined)
    return [{ index: 'request_of_notice', where: [equal('noticeId', filter.noticeId), inCompanies, ...open] }]
  // One person's and one team's open requests are few: their index is walked for every order.
  if (filter.openOnly && filter.assigneeId !== undefined)
    return [
      { index: 'request_of_assignee', where: [equal('assigneeId', filter.assigneeId), OPEN, inCompanies] },
    ]
  if (filter.openOnly && filter.teamId !== undefined)
    return [{ index: 'request_of_team', where: [equal('teamId', filter.teamId), OPEN, inCompanies] }]
  if (sort === 'updated') return [{ index: 'request_changed', where: [inCompanies, ...open] }]
  const index = sort === 'due' ? 'request_open_due' : 'request_by_company'
  return companies.map((companyId) => ({ index, where: [equal('companyId', companyId), ...open] }))
}

/** Rows that one key leads to at most; more of one household or one phone tail are the oldest and are left out. */
const FOUND_MAX = 300

async function idsBehind(reader: Reader, keys: InboxKeys): Promise<string[]> {
  const ways: [string, string, readonly string[]][] = [
    ['number', 'request_number', keys.numbers],
    ['householdId', 'request_of_household', keys.householdIds],
    ['phoneIndex', 'request_by_phone', keys.phoneIndexes],
    ['phoneTailIndex', 'request_by_phone_tail', keys.phoneTailIndexes],
  ]
  const found = await Promise.all(
    ways
      .filter(([, , values]) => values.length > 0)
      .map(([column, index, values]) => {
        const where = oneOf(column, values)
        return reader.query<{ id: string }>(
          `SELECT r.id FROM request AS r${hint(reader, index)} WHERE ${where.sql} ORDER BY r.id DESC LIMIT ${FOUND_MAX}`,
          where.params,
        )
      }),
  )
  return [...new Set(found.flat().map(({ id }) => id))]
}

export function inAreas(pieces: readonly string[]): Sql {
  return {
    sql: `(${pieces.map(() => 'r.areaPath LIKE ?').join(' OR ')})`,
    params: pieces.map((piece) => `%${piece}%`),
  }
}

function narrowing(filter: InboxFilter): Sql[] {
  const { scope, states, areaPiece } = filter
  return [
    ...(scope.areaPaths === null ? [] : [inAreas(scope.areaPaths)]),
    ...(areaPiece === undefined ? [] : [inAreas([areaPiece])]),
    ...(states === undefined || states.length === 0 ? [] : [oneOf('state', states)]),
    ...(['class', 'typeId', 'teamId', 'assigneeId', 'noticeId'] as const).flatMap((column) => {
      const value = filter[column]
      return value === undefined ? [] : [equal(column, value)]
    }),
    ...dueNarrowing(filter),
    // Ids begin with the time at which they were made, so a span of time is a span of the index.
    ...(filter.from === undefined ? [] : [{ sql: 'r.id >= ?', params: [firstIdAt(filter.from)] }]),
    ...(filter.to === undefined ? [] : [{ sql: 'r.id < ?', params: [firstIdAt(filter.to)] }]),
  ]
}

function dueNarrowing({ due, now }: InboxFilter): Sql[] {
  if (due === 'overdue') return [{ sql: 'r.nextDueAt < ?', params: [now] }]
  if (due === 'warning') return [{ sql: 'r.nextDueAt >= ? AND r.nextWarnAt <= ?', params: [now, now] }]
  if (due === 'urged') return [{ sql: 'r.urgesWaiting > 0', params: [] }]
  if (due === 'words') return [{ sql: 'r.wordsFlagged = 1', params: [] }]
  return due === 'escalated' ? [{ sql: 'r.escalation > 0', params: [] }] : []
}

/** The first bound alone lets the engine begin at the right place of the index; the second is the exact one. */
function behind(sort: InboxSort, after: InboxPosition | null): Sql[] {
  if (!after) return []
  const { at, id } = after
  if (sort === 'newest') return [{ sql: 'r.id < ?', params: [id] }]
  if (sort === 'due')
    return [{ sql: 'r.nextDueAt >= ? AND (r.nextDueAt > ? OR r.id > ?)', params: [at, at, id] }]
  return [{ sql: 'r.updatedAt <= ? AND (r.updatedAt < ? OR r.id < ?)', params: [at, at, id] }]
}

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The smallest id that can have been made at that millisecond. */
export function firstIdAt(atMs: number): string {
  let rest = Math.min(Math.max(0, Math.floor(atMs)), 2 ** 48 - 1)
  let text = ''
  for (let place = 0; place < 10; place++) {
    text = (BASE32[rest % 32] ?? '0') + text
    rest = Math.floor(rest / 32)
  }
  return text + '0'.repeat(16)
}
