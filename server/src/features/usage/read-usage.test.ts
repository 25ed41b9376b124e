import { buildBill, buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { explainBill } from './explain-bill'
import { exportUsage } from './export-usage'
import { addMonths, monthAfter } from './periods'
import { readUsage } from './read-usage'
import { bind, buildDays, buildHomes, buildMonth, tierFacts } from './usage.fixture'

const NO = '0014300011'

eachEngine((engine) => {
  let app: TestApp
  let residentId: string
  let home: { id: string; accountNo: string }
  beforeEach(async () => {
    app = await startApp({ engine })
    residentId = (await buildResident(app)).id
    const homes = await buildHomes(app, [NO], { community: '景田南小区' })
    home = { id: homes.get(NO) ?? '', accountNo: NO }
    await bind(app, residentId, home.id)
  })
  afterEach(() => app.close())

  const ctx = () => app.asResident(residentId)
  const lastOf = (period: string): string => monthAfter(`${addMonths(period, -1)}-31`)
  const month = (period: string, kWh: number, over: { lateFeeFen?: number } = {}) =>
    buildMonth(app, home, period, tierFacts(kWh * 1000, { readOn: lastOf(period), ...over }))

  test('months, days and what stands behind them, of one’s own household', async () => {
    for (const [period, kWh] of [
      ['2025-09', 140],
      ['2025-10', 150],
      ['2026-09', 200],
      ['2026-10', 210],
    ] as const)
      await month(period, kWh)
    await buildDays(
      app,
      home.id,
      '2026-10-25',
      Array.from({ length: 28 }, (_, index) => (index === 20 ? null : 9_000)),
    )
    const view = await readUsage(ctx(), { householdId: home.id })
    expect(view.months.map(({ period, quantity, days }) => [period, quantity, days])).toEqual([
      ['2025-09', '140', null],
      ['2025-10', '150', 31],
      ['2026-09', '200', null],
      ['2026-10', '210', 31],
    ])
    expect(view.days).toHaveLength(27)
    expect(view.days.some(({ day }) => day === '2026-11-14')).toBe(false)
    expect(view.daysAsOf).toBe(app.clock.now())
    expect(view.compared.value).toMatchObject({ percent: 40, lastYearPeriod: '2025-10' })
    expect(view.compared.value?.words).toBe('2026年10月比去年同月多用 60 kWh（40%）')
    // 20 days counted since the reading of 31 October, one of them unknown.
    expect(view.tier.value).toMatchObject({
      used: '180',
      current: 1,
      left: '20',
      nextPrice: '0.638',
      span: '10月31日抄表后到11月21日，其中 1 天没有数据',
    })
    expect(view.projection.value).toMatchObject({ period: '2026-11', lowFen: 16_226, missingDays: 1 })
    expect(view.peers).toEqual({ value: null, reason: expect.stringContaining('还没有算出来') })
    expect(view.alert).toBeNull()
  })

  test('a comparison with another number of days, or with an estimate, says so', async () => {
    const bill = (period: string, readOn: string, readBy?: 'estimated') =>
      buildMonth(app, home, period, tierFacts(100_000, { readOn, ...(readBy ? { readBy } : {}) }))
    await bill('2025-09', '2025-09-25')
    await bill('2025-10', '2025-10-31', 'estimated')
    await bill('2026-09', '2026-09-30')
    await bill('2026-10', '2026-10-31')
    const { compared, months } = await readUsage(ctx(), { householdId: home.id })
    expect(compared.value?.words).toBe(
      '2026年10月和去年同月用得一样多；这期计 31 天，去年那期计 36 天，天数不同；去年那期是估抄，只能大致比较',
    )
    expect(months[1]?.estimated).toBe(true)
  })

  test('what cannot be known is said in words, never as nought', async () => {
    const empty = await readUsage(ctx(), { householdId: home.id })
    expect(empty).toMatchObject({ months: [], days: [], daysAsOf: null, alert: null })
    for (const part of [empty.tier, empty.compared, empty.peers, empty.projection]) {
      expect(part.value).toBeNull()
      expect(part.reason).toMatch(/还没有/)
    }
    await month('2026-10', 210)
    const one = await readUsage(ctx(), { householdId: home.id })
    expect(one.compared).toEqual({ value: null, reason: '没有2025年10月的账单，不能和去年比' })
    expect(one.daysNote).toContain('没有每天的用量')
  })

  test('heating is by season and square metre, with no quantity made up', async () => {
    const facts = (area: string, grossFen: number) => ({
      basis: 'area',
      area,
      price: '25.00',
      supplyState: '正常用热',
      share: null,
      grossFen,
      reductionFen: 0,
      receivedFen: 0,
      lateFeeFen: 0,
    })
    const build = (period: string, area: string, amountFen: number) =>
      buildBill(app, home, {
        period,
        amountFen,
        lateFeeFen: 0,
        detail: JSON.stringify(facts(area, amountFen)),
      })
    await build('2025-2026', '140', 350_000)
    const { id } = await build('2026-2027', '144.64', 361_600)
    const view = await readUsage(ctx(), { householdId: home.id })
    expect(view.months).toEqual([])
    expect(view.seasons.map(({ period, perAreaFen }) => [period, perAreaFen])).toEqual([
      ['2025-2026', 2500],
      ['2026-2027', 2500],
    ])
    const { differences } = await explainBill(ctx(), { billId: id })
    expect(differences).toHaveLength(1)
    expect(differences[0]).toMatchObject({ with: 'previous', differenceFen: 11_600 })
    expect(differences[0]?.parts).toMatchObject([{ kind: 'area', label: '计费面积', amountFen: 11_600 }])
  })

  test('why a bill is higher: each part named, and all of them the difference', async () => {
    await month('2025-09', 150)
    await month('2025-10', 155)
    await month('2026-09', 180, { lateFeeFen: 320 })
    const billId = await month('2026-10', 260)
    const { differences, reason } = await explainBill(ctx(), { billId })
    expect(reason).toBeNull()
    expect(differences.map((one) => [one.with, one.period])).toEqual([
      ['previous', '2026-09'],
      ['lastYear', '2025-10'],
    ])
    for (const { parts, differenceFen } of differences)
      expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(differenceFen)
    const kinds = differences[0]?.parts.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['quantity', 'tier', 'lateFee']))
    expect(differences[0]?.notes).toEqual(['不知道2026年9月计了多少天，天数的影响算在用量里'])
    const first = await month('2024-01', 100)
    expect(await explainBill(ctx(), { billId: first })).toEqual({
      differences: [],
      reason: '没有更早的账单可比',
    })
  })

  test('one’s own figures as a table that a spreadsheet cannot run', async () => {
    await month('2026-10', 210)
    await buildDays(app, home.id, '2026-11-20', [8_125, null])
    const { csv, fileName } = await exportUsage(ctx(), { householdId: home.id })
    expect(fileName).toBe('用量-景田南小区-1-100-2026-11-22.csv')
    expect(csv.charCodeAt(0)).toBe(0xfe_ff)
    expect(csv).toContain(
      '类别,日期,用量(kWh),金额(元),说明\r\n月,2026-10,210,123.98,\r\n日,2026-11-20,8.125,,\r\n',
    )
    for (const line of csv.slice(1).split('\r\n'))
      for (const cell of line.split(',')) expect(cell).not.toMatch(/^[=+\-@]/)
  })

  test('neighbours, and whoever was bound once, see nothing of it', async () => {
    const billId = await month('2026-10', 210)
    const stranger = app.asResident((await buildResident(app)).id)
    // Each is asked when its turn comes: one that is refused before anybody waits for it fails the run.
    for (const ask of [
      () => readUsage(stranger, { householdId: home.id }),
      () => exportUsage(stranger, { householdId: home.id }),
      () => explainBill(stranger, { billId }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a tenant sees days since they were bound, not how others lived there before', async () => {
    const tenant = (await buildResident(app)).id
    await bind(app, tenant, home.id, 'tenant')
    await month('2026-10', 210)
    await buildDays(app, home.id, '2026-11-10', [1_000, 2_000])
    app.clock.advance(2 * 86_400_000)
    await buildDays(app, home.id, '2026-11-22', [3_000, 4_000])
    const seen = async (id: string) =>
      (await readUsage(app.asResident(id), { householdId: home.id })).days.map(({ day }) => day)
    expect(await seen(residentId)).toEqual(['2026-11-10', '2026-11-11', '2026-11-22', '2026-11-23'])
    expect(await seen(tenant)).toEqual(['2026-11-22', '2026-11-23'])
    const { csv } = await exportUsage(app.asResident(tenant), { householdId: home.id })
    expect(csv).not.toContain('2026-11-10')
  })
})
