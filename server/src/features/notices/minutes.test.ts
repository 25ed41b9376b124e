import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildNotice, buildTown, type Town } from './fan-out.fixture'
import { keepMinutes, outagesOfHousehold, outageTotals } from './minutes'
import { readReliability } from './read-reliability'

eachEngine((engine) => {
  let app: TestApp
  let town: Town
  beforeEach(async () => {
    app = await startApp({ engine, config: { notices: { spreadPageHouseholds: 3 } } })
    town = await buildTown(app)
  })
  afterEach(() => app.close())

  const HOUR = 3_600_000
  const rows = () =>
    app.ctx().db.reader.query<{ householdId: string; minutes: number }>('SELECT * FROM outage_minutes')
  const restored = (over: Parameters<typeof buildNotice>[1]['row'] = {}) => {
    const now = app.clock.now()
    return buildNotice(app, {
      areas: [town.area('松海园'), town.area('甲站')],
      householdIds: [town.household('御海城/3号楼/2单元#1')],
      row: { state: 'restored', cutSince: now - 2 * HOUR, restoredAt: now - HOUR / 2, ...over },
    })
  }

  test('each household of a restored outage has its minutes once, and the whole can be read', async () => {
    const notice = await restored()
    expect(await outageTotals(app.ctx().db.reader, notice.id)).toBeNull()
    await keepMinutes(app.ctx())
    const households = town.addresses.filter(
      (a) => a.startsWith('松海园') || a.startsWith('御海城/1号楼') || a === '御海城/3号楼/2单元#1',
    )
    expect(new Set((await rows()).map(({ householdId }) => householdId))).toEqual(
      new Set(households.map((address) => town.household(address))),
    )
    expect(await rows()).toHaveLength(households.length)
    const minutes = 90 * households.length
    const totals = { households: households.length, minutes, countedMinutes: minutes }
    expect(await outageTotals(app.ctx().db.reader, notice.id)).toEqual(totals)
    await keepMinutes(app.ctx())
    expect(await outageTotals(app.ctx().db.reader, notice.id)).toEqual(totals)
    const [one] = await outagesOfHousehold(app.ctx().db.reader, town.household('松海园/2号楼/1单元#1'), 0)
    expect(one).toMatchObject({ noticeId: notice.id, minutes: 90 })
  })

  test('what two notices say of one household at the same time is counted once, and each keeps its own span', async () => {
    const now = app.clock.now()
    const home = town.household('松海园/2号楼/1单元#1')
    const spans = [
      { cutSince: now - 6 * HOUR, restoredAt: now - 4 * HOUR },
      // Half of it lies in the one before.
      { cutSince: now - 5 * HOUR, restoredAt: now - 3 * HOUR },
      // All of both, and an hour before and after.
      { cutSince: now - 7 * HOUR, restoredAt: now - 2 * HOUR },
      // Begins when the last one ended.
      { cutSince: now - 2 * HOUR, restoredAt: now - HOUR },
    ]
    const outcomes: object[] = []
    for (const span of spans) {
      const notice = await buildNotice(app, { householdIds: [home], row: { state: 'restored', ...span } })
      await keepMinutes(app.ctx())
      const { minutes, countedMinutes } = (await outageTotals(app.ctx().db.reader, notice.id)) ?? {}
      outcomes.push([minutes, countedMinutes])
    }
    expect(outcomes).toEqual([
      [120, 120],
      [120, 60],
      [300, 120],
      [60, 60],
    ])
    const kept = await outagesOfHousehold(app.ctx().db.reader, home, 0)
    expect(kept.map((row) => row.minutes)).toEqual([60, 120, 120, 300])
    expect(kept.reduce((sum, row) => sum + row.countedMinutes, 0)).toBe(6 * 60)
  })

  test('a month’s outages, their minutes and the average over every household of the company', async () => {
    const month = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 7)
    const now = app.clock.now()
    const ask = (staff: Parameters<TestApp['asStaff']>[1] = {}, of = month(now)) =>
      readReliability(app.asStaff('desk', { roles: ['publisher'], ...staff }), {
        companyId: 'heating',
        month: of,
      })
    const notice = await restored()
    expect(await ask()).toMatchObject({ outages: [], countedMinutes: 0, averageMinutes: 0, pending: 1 })
    await keepMinutes(app.ctx())
    const { households = 0 } = (await outageTotals(app.ctx().db.reader, notice.id)) ?? {}
    const [all] = await app
      .ctx()
      .db.reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM household WHERE companyId = 'heating'`)
    const served = Number(all?.n)
    const shown = await ask()
    expect(shown).toMatchObject({
      outages: [
        { noticeId: notice.id, households, countedMinutes: 90 * households, restoredAt: now - HOUR / 2 },
      ],
      count: 1,
      households,
      countedMinutes: 90 * households,
      served,
      averageMinutes: Math.round((9000 * households) / served) / 100,
      pending: 0,
    })
    expect(await ask({}, '2020-01')).toMatchObject({ outages: [], count: 0, averageMinutes: 0 })
    const part = await ask({ areaPaths: ['01ZZZZZZZZZZZZZZZZZZZZZZZZ/'] })
    expect(part).toMatchObject({ outages: [], served: null, averageMinutes: null })
    await expect(ask({ companies: ['gas'] })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('two notices whose minutes are kept by two processes at once count each household once', async () => {
    const one = await restored()
    const two = await restored()
    await Promise.all([keepMinutes(app.ctx()), keepMinutes(app.ctx())])
    const [first, second] = await Promise.all(
      [one, two].map(({ id }) => outageTotals(app.ctx().db.reader, id)),
    )
    expect(first?.minutes).toBe(second?.minutes)
    expect((first?.countedMinutes ?? 0) + (second?.countedMinutes ?? 0)).toBe(first?.minutes)
  })

  test('two processes at once, and one that goes on from the middle, write no household twice', async () => {
    const notice = await restored()
    await Promise.all([keepMinutes(app.ctx()), keepMinutes(app.ctx())])
    const whole = (await rows()).length
    // As a kill leaves it: the cursor stands behind the first part, and the notice is not marked.
    await inTransaction(app.ctx(), async (tx) => {
      await tx.execute(
        "UPDATE outage_minutes_run SET state = 'running', part = 1, cursorPath = '', cursorId = '~'",
      )
      await tx.execute('UPDATE notice SET minutesKeptAt = NULL')
      await tx.execute('DELETE FROM outage_minutes WHERE householdId = ?', [
        town.household('御海城/1号楼/1单元#1'),
      ])
    })
    await keepMinutes(app.ctx())
    expect(await rows()).toHaveLength(whole)
    expect(await outageTotals(app.ctx().db.reader, notice.id)).toMatchObject({ households: whole + 1 })
  })

  test('an announcement, a live outage and one restored before it began have no minutes', async () => {
    const now = app.clock.now()
    await restored({ cutsSupply: 0 })
    await restored({ state: 'live', restoredAt: null })
    const early = await restored({ cutSince: null, startsAt: now, restoredAt: now - HOUR })
    await keepMinutes(app.ctx())
    expect(await rows()).toEqual([])
    const [row] = await app
      .ctx()
      .db.reader.query<{ minutesKeptAt: number }>('SELECT minutesKeptAt FROM notice WHERE id = ?', [early.id])
    expect(row?.minutesKeptAt).toBe(now)
  })
})
