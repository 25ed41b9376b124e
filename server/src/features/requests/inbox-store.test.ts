import { eachEngine } from '../../testing/harness'
import type { RequestRow } from './entities'
import { countCompany, countOwn } from './inbox-counts-store'
import {
  countPage,
  firstIdAt,
  type InboxFilter,
  inboxPage,
  type InboxSort,
  inboxStatement,
} from './inbox-store'
import { RequestDesk } from './test-request-desk'

const ROWS = 2000
const TEAM = '01TEAM00000000000000000000'
const WORKER = '01WXRKER000000000000000000'

eachEngine((engine) => {
  let desk: RequestDesk
  let now: number
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
    const { clock, ids, db } = desk.app.ctx()
    const first = await desk.make()
    const other = await desk.make({ companyId: 'gas' })
    now = clock.now()
    const { requestTable } = await import('./entities')
    const copy = (row: RequestRow, at: number): RequestRow => ({
      ...row,
      id: ids.next(),
      number: `BX20260101-${at}`,
      // One in fifty is still open, as in a company that answers its people.
      openSlot: at % 50 === 0 ? 1 : null,
      state: at % 50 === 0 ? 'accepted' : 'closed',
      nextDueAt: now + at * 1000,
      teamId: at % 100 === 0 ? TEAM : null,
      assigneeId: at % 200 === 0 ? WORKER : null,
      updatedAt: now + at,
    })
    for (let start = 0; start < ROWS; start += 200) {
      const rows = Array.from({ length: 200 }, (_, index) => copy(index % 2 ? first : other, start + index))
      await db.transaction((tx) => tx.insert(requestTable, rows))
    }
    if (engine === 'mariadb') await desk.rows('ANALYZE TABLE request')
  })
  afterAll(() => desk.close())

  const filter = (over: Partial<InboxFilter> = {}): InboxFilter => ({
    scope: { companies: ['heating', 'gas', 'power'], areaPaths: null },
    now,
    openOnly: true,
    ...over,
  })

  /** What the engine says it would do with the table of requests itself, one line for each time it is touched. */
  async function planOf(over: Partial<InboxFilter>, sort: InboxSort, after: boolean): Promise<string[]> {
    const position = after ? { at: now + 300_000, id: firstIdAt(now) } : null
    const { reader } = desk.app.ctx().db
    const statement = await inboxStatement(reader, filter(over), { sort, after: position, limit: 21 })
    if (!statement) throw new Error('nothing to explain')
    const { sql, params } = statement
    if (engine === 'sqlite') {
      const lines = await reader.query<PlanLine>(`EXPLAIN QUERY PLAN ${sql}`, params)
      return sqliteLines(lines)
    }
    const lines = await reader.query<Record<string, string | null>>(`EXPLAIN ${sql}`, params)
    return lines
      .filter(({ table }) => table === 'r')
      .map(({ type, key, Extra }) => `${key} ${type} ${Extra?.includes('filesort') ? 'sorted' : ''}`.trim())
  }

  test.each([
    ['all, nearest due first', {}, 'due', 'request_open_due'],
    ['all of one company', { scope: { companies: ['heating'], areaPaths: null } }, 'due', 'request_open_due'],
    ['overdue', { due: 'overdue', now: 9e12 }, 'due', 'request_open_due'],
    ['urged', { due: 'urged' }, 'due', 'request_open_due'],
    ['still to be worked', { states: ['submitted', 'accepted'] }, 'due', 'request_open_due'],
    ['of some areas', { scope: { companies: ['gas'], areaPaths: ['01A/'] } }, 'due', 'request_open_due'],
    ['of one type', { typeId: 'cold', class: 'repair' }, 'due', 'request_open_due'],
    ['mine', { assigneeId: WORKER }, 'due', 'request_of_assignee'],
    ['my team’s', { teamId: TEAM }, 'due', 'request_of_team'],
    ['newest first', {}, 'newest', 'request_by_company'],
    ['last changed first', {}, 'updated', 'request_changed'],
    ['closed ones', { openOnly: false, states: ['closed'] }, 'newest', 'request_by_company'],
    ['everything since a day', { openOnly: false, from: 1 }, 'newest', 'request_by_company'],
  ] as const)(
    '%s: walks its index in order, and neither scans nor sorts the table',
    async (_, over, sort, index) => {
      for (const after of [false, true]) {
        const plan = await planOf(over, sort, after)
        expect(plan.length).toBeGreaterThan(0)
        for (const line of plan) {
          expect(line.startsWith(index)).toBe(true)
          expect(line).not.toMatch(/sorted|ALL/)
        }
      }
    },
  )

  test('every list finds what is there and nothing twice', async () => {
    const { reader } = desk.app.ctx().db
    const page = (over: Partial<InboxFilter>) =>
      inboxPage(reader, filter(over), { sort: 'due', after: null, limit: 500 })
    expect(await page({})).toHaveLength(42)
    expect(await page({ teamId: TEAM })).toHaveLength(20)
    expect(await page({ assigneeId: WORKER })).toHaveLength(10)
    expect(await countPage(reader, filter(), 'due', 500)).toBe(42)
    expect(await countPage(reader, filter(), 'due', 7)).toBe(7)
    expect(await countPage(reader, filter({ openOnly: false }), 'newest', 5000)).toBe(ROWS + 2)
    expect(await page({ scope: { companies: [], areaPaths: null } })).toEqual([])
  })

  test('counts agree with the lists, and stop where nobody counts any more', async () => {
    const { reader } = desk.app.ctx().db
    const { scope } = filter()
    expect(await countOwn(reader, scope, { staffId: WORKER, teamId: TEAM })).toEqual({ mine: 10, team: 20 })
    expect(await countOwn(reader, scope, { staffId: TEAM, teamId: null })).toEqual({ mine: 0, team: 0 })
    const later = now + 1_000_000
    const [heating, gas] = [
      await countCompany(reader, 'heating', null, later),
      await countCompany(reader, 'gas', null, later),
    ]
    expect(heating.waiting + gas.waiting).toBe(42)
    const overdue = await countPage(reader, filter({ due: 'overdue', now: later }), 'due', 5000)
    expect(heating.overdue + gas.overdue).toBe(overdue)
    expect(overdue).toBeGreaterThan(10)
    expect(await countCompany(reader, 'gas', [], later)).toMatchObject({ waiting: 0 })
    await desk.change("UPDATE request SET openSlot = 1, state = 'accepted', teamId = ?", [TEAM])
    expect(await countOwn(reader, scope, { staffId: WORKER, teamId: TEAM })).toEqual({ mine: 10, team: 999 })
  })

  test('the first id of a millisecond stands before every id that is made in it', () => {
    const id = desk.app.ctx().ids.next()
    const at = desk.app.ctx().clock.now()
    expect(firstIdAt(at) <= id).toBe(true)
    expect(firstIdAt(at + 1) > id).toBe(true)
    expect(firstIdAt(0)).toBe('0'.repeat(26))
  })
})

interface PlanLine {
  readonly parent: number
  readonly detail: string
}

/** `SEARCH r USING INDEX x (…)` → `x SEARCH`; a sort of what was found stands beside it, under the same parent. */
function sqliteLines(lines: readonly PlanLine[]): string[] {
  return lines.flatMap(({ parent, detail }) => {
    const [, how, index] = /^(SEARCH|SCAN) r\b(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? []
    if (how === undefined) return []
    const isSorted = lines.some((line) => line.parent === parent && line.detail.includes('TEMP B-TREE'))
    return [`${index ?? 'ALL'} ${how}${isSorted ? ' sorted' : ''}`]
  })
}
