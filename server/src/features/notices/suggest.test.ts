import { inTransaction } from '../../core/db/database'
import { buildAtWork } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildNotice, buildTown, type Town } from './fan-out.fixture'
import { suggestOutage } from './suggest'
import { dismiss } from './suggestion-store'

eachEngine((engine) => {
  let app: TestApp
  let town: Town
  /** When requests came, of which household; what the feature of requests would count. */
  let came: { at: number; home: string }[]
  beforeEach(async () => {
    app = await startApp({ engine })
    town = await buildTown(app)
    came = []
  })
  afterEach(() => app.close())

  async function report(home: string, place = '甲站') {
    came.push({ at: app.clock.now(), home })
    return inTransaction(app.ctx(), (tx) =>
      suggestOutage(tx, app.ctx(), {
        companyId: 'heating',
        areaId: town.area(place).id,
        countSince: (since) => {
          const seen = came.filter(({ at }) => at >= since)
          const times = seen.map(({ at }) => at)
          return Promise.resolve({
            requests: new Set(seen.map((one) => one.home)).size,
            firstAt: Math.min(...times),
            lastAt: Math.max(...times),
          })
        },
      }),
    )
  }
  const all = () =>
    app
      .ctx()
      .db.reader.query<{ id: string; requests: number; state: string }>(
        'SELECT * FROM notice_suggestion ORDER BY id',
      )
  const MINUTE = 60_000

  test('the third household within half an hour makes one suggestion, which grows; publishers hear once', async () => {
    const wallet = await buildResident(app)
    await buildAtWork(app, ['publisher'], { walletResidentId: wallet.id })
    await buildAtWork(app, ['publisher'], {
      companies: ['gas'],
      walletResidentId: (await buildResident(app)).id,
    })
    expect(await report('a')).toBeNull()
    expect(await report('b')).toBeNull()
    expect(await report('b')).toBeNull()
    app.clock.advance(10 * MINUTE)
    expect(await report('c')).toMatchObject({ requests: 3, tree: 'supply' })
    expect(await report('d')).toMatchObject({ requests: 4 })
    expect(await all()).toHaveLength(1)
    const told = await app
      .ctx()
      .db.reader.query<{ residentId: string; facts: string }>('SELECT residentId, facts FROM message')
    expect(told.map(({ residentId }) => residentId)).toEqual([wallet.id])
    expect(told[0]?.facts).toContain('甲站')
  })

  test('what came more than half an hour ago does not count', async () => {
    await report('a')
    await report('b')
    app.clock.advance(31 * MINUTE)
    expect(await report('c')).toBeNull()
    expect(await all()).toEqual([])
  })

  test('a place that a live outage covers is known, whichever knot the notice names', async () => {
    await buildNotice(app, { areas: [town.area('松海园')] })
    for (const home of ['a', 'b', 'c', 'd']) await report(home, '松海园/2号楼')
    expect(await all()).toEqual([])
    for (const home of ['a', 'b', 'c']) await report(home, '御海城/2号楼')
    expect(await all()).toHaveLength(1)
  })

  test('after one was dismissed, the place begins to count anew', async () => {
    for (const home of ['a', 'b', 'c']) await report(home)
    const [first] = await all()
    await inTransaction(app.ctx(), (tx) => dismiss(tx, first?.id ?? '', 'STAFF'))
    app.clock.advance(MINUTE)
    expect(await report('d')).toBeNull()
    expect(await report('e')).toBeNull()
    expect(await report('f')).toMatchObject({ requests: 3 })
    expect((await all()).map(({ state }) => state)).toEqual(['dismissed', 'open'])
  })

  test('one that nobody looked at makes room for the next outage of the place, hours later', async () => {
    for (const home of ['a', 'b', 'c']) await report(home)
    app.clock.advance(3 * 60 * MINUTE)
    expect(await report('d')).toBeNull()
    expect(await report('e')).toBeNull()
    expect(await report('f')).toMatchObject({ requests: 3 })
    expect((await all()).map(({ state }) => state)).toEqual(['dismissed', 'open'])
  })

  test('reports in the same moment make one suggestion', async () => {
    await report('a')
    await report('b')
    await Promise.all([report('c'), report('d'), report('e')])
    expect(await all()).toHaveLength(1)
  })
})
