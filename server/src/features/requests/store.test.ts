import type { Reader } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { dueClocks } from './clock-store'
import { followersOf } from './people-store'
import { countMadeSince, ownsChildOf, pageOfResident } from './resident-store'
import { childrenOf, findByFollowToken, wokenRequests } from './store'
import { RequestDesk } from './test-request-desk'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  /** How the engine would run what this query asks. */
  const plan = async (ask: (reader: Reader) => Promise<unknown>): Promise<string> => {
    const { reader } = desk.app.ctx().db
    const plans: unknown[] = []
    await ask({
      engine: reader.engine,
      query: async (sql, params) => {
        plans.push(await reader.query(`EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`, params))
        return []
      },
    })
    return JSON.stringify(plans)
  }
  const start = { at: -1, id: '' }

  test('what is due, asked every few seconds, is found by an index of its own', async () => {
    expect(await plan((reader) => dueClocks(reader, 1, start, 100))).toContain('request_clock_due')
    expect(await plan((reader) => wokenRequests(reader, 1, start, 100))).toContain('request_wake')
  })

  test('what a resident asks begins with the person', async () => {
    const page = { over: false, before: null, limit: 20 }
    const mine = await plan((reader) => pageOfResident(reader, ['A', 'B'], page))
    expect(mine).toContain('request_of_resident')
    expect(mine).toContain('request_followed_by')
    expect(await plan((reader) => countMadeSince(reader, ['A'], 1))).toContain('request_of_resident')
    expect(await plan((reader) => ownsChildOf(reader, 'P', ['A']))).toMatch(
      /request_children|request_of_resident/,
    )
  })

  test('children, followers and links are found without reading the table', async () => {
    expect(await plan((reader) => childrenOf(reader, 'P'))).toContain('request_children')
    // MariaDB looks a unique key up while it plans, and says so instead of naming it.
    expect(await plan((reader) => findByFollowToken(reader, 'H'))).toMatch(
      /request_follow_token|const tables/,
    )
    expect(await plan((reader) => followersOf(reader, 'R', '', 50))).toMatch(
      /PRIMARY|autoindex_request_follower/,
    )
  })
})
