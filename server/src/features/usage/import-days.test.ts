import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { daysOf } from './day-store'
import { forgetDays } from './forget-days'
import { importDays } from './import-days'
import { addDays } from './periods'
import { buildHomes, dayFile } from './usage.fixture'

const A = '0014300001'
const B = '0014300002'

eachEngine((engine) => {
  let app: TestApp
  let homes: Map<string, string>
  beforeEach(async () => {
    app = await startApp({ engine })
    homes = await buildHomes(app, [A, B], { community: '景田南小区' })
  })
  afterEach(() => app.close())

  const daysOfA = async (): Promise<[string, number][]> => {
    const rows = await daysOf(app.ctx().db.reader, homes.get(A) ?? '', '2025-01-01', 500)
    return rows.map(({ day, quantityMilli }) => [day, quantityMilli])
  }
  const importLines = (lines: readonly string[], batchRows = 2) =>
    importDays(app.ctx(), { companyId: 'power', path: dayFile(lines), batchRows })

  test('days go in, gaps stay unknown, and what is wrong is refused with its reason', async () => {
    const path = dayFile([
      `${A},2026-11-18,8.125`,
      `${A},2026-11-19,`,
      `${A},2026-11-20,0`,
      `${B},2026-11-20,5`,
      `0014399999,2026-11-20,5`,
      `${B},2026-11-22,5`,
      `${B},2026-11-19,=1+1`,
      `${B},2026-11-18,4`,
      `${B},2026-11-18,4.5`,
    ])
    const refusedPath = join(path, '../refused.csv')
    const report = await importDays(app.ctx(), { companyId: 'power', path, refusedPath })
    expect(report).toMatchObject({ rows: 9, accepted: 4, gaps: 1, created: 4, corrected: 0, unchanged: 0 })
    expect(report.rejected).toEqual({
      account_unknown: 1,
      date_not_over: 1,
      quantity_invalid: 1,
      contradictory: 1,
    })
    expect(await daysOfA()).toEqual([
      ['2026-11-18', 8_125],
      ['2026-11-20', 0],
    ])
    const refused = readFileSync(refusedPath, 'utf8')
    expect(refused).toContain(`${B},2026-11-19,'=1+1,8,quantity_invalid`)
    expect(refused.trim().split('\r\n')).toHaveLength(5)
  })

  test('the same file again changes nothing; another one corrects and leaves what it does not name', async () => {
    const lines = [`${A},2026-11-18,8`, `${A},2026-11-19,9`, `${A},2026-11-20,10`]
    expect(await importLines(lines)).toMatchObject({ created: 3, alreadyImported: false })
    expect(await importLines(lines)).toMatchObject({ alreadyImported: true })
    const later = await importLines([`${A},2026-11-19,9.5`, `${A},2026-11-20,10`, `${A},2026-11-21,7`])
    expect(later).toMatchObject({ created: 1, corrected: 1, unchanged: 1 })
    expect(await daysOfA()).toEqual([
      ['2026-11-18', 8_000],
      ['2026-11-19', 9_500],
      ['2026-11-20', 10_000],
      ['2026-11-21', 7_000],
    ])
    // The first file says less than what is known by now, and may not take it back.
    expect(await importLines(lines)).toMatchObject({ alreadyImported: true })
    expect((await daysOfA())[1]).toEqual(['2026-11-19', 9_500])
  })

  test('an import that was cut off goes on behind its last batch, and counts every line once', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `${A},${addDays('2026-11-01', index)},${index}`)
    const path = dayFile(lines)
    const cut = importDays(app.ctx(), {
      companyId: 'power',
      path,
      batchRows: 2,
      onProgress: (rows) => {
        if (rows >= 4) throw new Error('killed')
      },
    })
    await expect(cut).rejects.toThrow('killed')
    expect(await daysOfA()).toHaveLength(4)
    const report = await importDays(app.ctx(), { companyId: 'power', path, batchRows: 2 })
    expect(report).toMatchObject({ resumedAt: 6, rows: 9, accepted: 9, created: 9, corrected: 0 })
    expect(await daysOfA()).toHaveLength(9)
  })

  test.each([
    ['no header', '0014300001,2026-11-18,8'],
    ['another unit', '户号,日期,用量(m³)'],
    ['another order', '日期,户号,用量(kWh)'],
  ])('a file with %s is refused whole, before anything is written', async (_why, header) => {
    const path = dayFile([`${A},2026-11-18,8`], header)
    await expect(importDays(app.ctx(), { companyId: 'power', path })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(await daysOfA()).toEqual([])
  })

  test('another company’s account numbers are nobody’s', async () => {
    const path = dayFile([`${A},2026-11-18,8`], '户号,日期,用量(m³)')
    const report = await importDays(app.ctx(), { companyId: 'gas', path })
    expect(report.rejected).toEqual({ account_unknown: 1 })
  })

  test('days are deleted once they are older than they are kept', async () => {
    await importLines([`${A},2026-11-18,8`, `${A},2026-11-20,9`, `${B},2026-11-18,1`])
    app.clock.advance(app.config.usage.daysKept * 86_400_000 - 3 * 86_400_000)
    await forgetDays(app.ctx(), new AbortController().signal)
    // Until 2026-11-19 is too old by then.
    expect(await daysOfA()).toEqual([['2026-11-20', 9_000]])
  })
})
