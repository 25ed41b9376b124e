import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { saveHousehold } from './households.fixture'
import { importMarks } from './import-marks'
import { markHousehold } from './mark-household'
import { forgetMarksDaily, markComplained, markedBelow, marksOf } from './marks'
import { placesOfHouseholds } from './places'

eachEngine((engine) => {
  let app: TestApp
  let home: string
  let path: string
  beforeEach(async () => {
    app = await startApp({ engine })
    home = await saveHousehold(app, '0008800011')
    path = (await placesOfHouseholds(app.ctx().db.reader, [home])).get(home)?.path ?? ''
  })
  afterEach(() => app.close())

  const now = () => app.clock.now()
  const marks = async () => (await marksOf(app.ctx().db.reader, [home], now()))[0]?.marks ?? []
  const input = { mark: 'important' as const, on: true, note: '家有透析病人' }

  test('a mark is set, set again, and taken away; the most important one comes first', async () => {
    const staff = app.asStaff('S1')
    expect(await markHousehold(staff, { householdId: home, ...input })).toEqual(['important'])
    await markHousehold(staff, { householdId: home, ...input, mark: 'sensitive' })
    expect(await markHousehold(staff, { householdId: home, ...input })).toEqual(['important', 'sensitive'])
    expect(await markHousehold(staff, { householdId: home, ...input, on: false })).toEqual(['sensitive'])
  })

  test('a household outside my company or my areas is not found', async () => {
    const refused = { code: 'not_found' }
    const gasNot = app.asStaff('S1', { companies: ['heating'] })
    await expect(markHousehold(gasNot, { householdId: home, ...input })).rejects.toMatchObject(refused)
    const elsewhere = app.asStaff('S1', { areaPaths: ['01ELSEWHERE000000000000000/'] })
    await expect(markHousehold(elsewhere, { householdId: home, ...input })).rejects.toMatchObject(refused)
    expect(await marks()).toEqual([])
  })

  test('a complaint marks for a year, and is forgotten afterwards', async () => {
    await inTransaction(app.ctx(), (tx) => markComplained(tx, app.ctx(), home))
    await inTransaction(app.ctx(), (tx) => markComplained(tx, app.ctx(), home))
    expect(await marks()).toEqual(['complained'])
    app.clock.advance(366 * DAY_MS)
    expect(await marks()).toEqual([])
    await forgetMarksDaily.run(app.ctx(), new AbortController().signal)
    expect(await app.ctx().db.reader.query('SELECT * FROM household_mark')).toEqual([])
  })

  test('marked households are found below a knot of either tree, each once', async () => {
    const supply = await app
      .ctx()
      .db.reader.query<{ path: string }>("SELECT path FROM area WHERE tree = 'supply'")
    await markHousehold(app.asStaff('S1'), { householdId: home, ...input })
    await inTransaction(app.ctx(), (tx) => markComplained(tx, app.ctx(), home))
    const below = (place: string[], fed: string[]) =>
      markedBelow(app.ctx().db.reader, { place, supply: fed }, now())
    const expected = [{ householdId: home, marks: ['important', 'complained'] }]
    expect(await below([path], [])).toEqual(expected)
    expect(await below([], [supply[0]?.path ?? ''])).toEqual(expected)
    expect(await below([`${path.slice(0, 27)}`], [supply[0]?.path ?? ''])).toEqual(expected)
    expect(await below(['01ELSEWHERE000000000000000/'], [])).toEqual([])
  })

  test('a list of the company marks its customers and says which numbers are nobody’s', async () => {
    const file = join(tmpdir(), `marks-${app.ctx().ids.next()}.csv`)
    writeFileSync(file, '\uFEFF户号,说明\n0008800011,医院\n0009999999,学校\n\n')
    const imported = () => importMarks(app.ctx(), { companyId: 'gas', mark: 'important', path: file })
    expect(await imported()).toEqual({ marked: 1, unknown: ['0009999999'], unknownCount: 1 })
    expect(await imported()).toMatchObject({ marked: 1 })
    const [row] = await app.ctx().db.reader.query<{ note: string }>('SELECT note FROM household_mark')
    expect(row?.note).toBe('医院')
  })
})
