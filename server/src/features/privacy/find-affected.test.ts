import { recordAudits } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { findAffected } from './find-affected'
import { seedSubject, type Subject } from './seed-subject.fixture'

const HOUR_MS = 3_600_000

eachEngine((engine) => {
  let app: TestApp
  let seeded: Subject
  beforeAll(async () => {
    app = await startApp({ engine })
    seeded = await seedSubject(app.ctx(), 'B', {})
  })
  afterAll(() => app.close())

  const acted = (objects: readonly { object: string; detail?: object }[], action = 'desk.unmask') =>
    inTransaction(app.ctx(), (tx) =>
      recordAudits(
        tx,
        objects.map((one) => ({ ctx: app.asStaff('01JSTAFF000000000000000000'), entry: { action, ...one } })),
      ),
    )
  const find = (fromMs: number, untilMs: number) =>
    findAffected(app.ctx(), { action: 'desk.unmask', fromMs, untilMs })

  test('whom an operation touched in a time, by whose hand and what of them; not before, not after, and no other operation', async () => {
    const valueOf = (column: string): string =>
      String(seeded.planted.find((one) => one.table === 'request' && one.column === column)?.value)
    const { id: residentId } = await buildResident(app)
    const household = await buildHousehold(app, { members: [] })
    await acted([{ object: 'resident:01JEARLIER0000000000000000' }])
    app.clock.advance(HOUR_MS)
    const from = app.clock.now()
    await acted([
      { object: `request:${valueOf('id')}` },
      { object: `resident:${residentId}` },
      { object: '-', detail: { householdId: household.id } },
      { object: 'request:01JGONE0000000000000000000' },
    ])
    await acted([{ object: 'resident:01JOTHER000000000000000000' }], 'desk.assign')
    app.clock.advance(HOUR_MS)
    await acted([{ object: 'resident:01JLATER000000000000000000' }])

    const found = await find(from, from + HOUR_MS)
    expect([...found.residents].toSorted()).toEqual([residentId, valueOf('residentId')].toSorted())
    expect([...found.households]).toEqual([household.id])
    expect(found).toMatchObject({ acts: 4, untied: 1 })
    expect([...found.actors]).toEqual(['staff:01JSTAFF000000000000000000'])
    expect([...found.fields]).toEqual(expect.arrayContaining(['诉求：内容', '诉求：联系方式']))
    expect((await find(from - 2 * HOUR_MS, from - HOUR_MS)).acts).toBe(0)
  })

  test('more than is read at once is counted whole, each person once', async () => {
    app.clock.advance(HOUR_MS)
    const from = app.clock.now()
    const idOf = (at: number): string => `01JMANY${String(at % 2_100).padStart(19, '0')}`
    for (let at = 0; at < 4_100; at += 410)
      await acted(Array.from({ length: 410 }, (_, next) => ({ object: `resident:${idOf(at + next)}` })))
    const found = await find(from, from + 1)
    expect([found.acts, found.residents.size, found.untied]).toEqual([4_100, 2_100, 0])
  })
})
