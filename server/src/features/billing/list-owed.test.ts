import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { ANNA, bind, BERT, importGas } from './billing.fixture'
import { listOwed } from './list-owed'

const HOUR_MS = 3_600_000

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const useConfig = async (over: object): Promise<void> => {
    const companies = app.config.companies.map((company) =>
      company.id === 'gas' ? { ...company, ...over } : company,
    )
    await app.close()
    app = await startApp({ engine, config: { companies } })
  }

  test('what is owed is summed over all households, with the time of the import and the merchant', async () => {
    await importGas(app, { '0008800011': {}, '0008800012': { 违约金: '1.50' }, '0008800013': {} })
    const first = await bind(app, ANNA, '0008800011')
    app.clock.advance(1)
    await bind(app, ANNA, '0008800012')
    const owed = await listOwed(app.asResident(ANNA))
    expect(owed).toMatchObject({ totalFen: 8525 + 8675, missing: [], asOf: app.clock.now() - 1 })
    expect(owed.groups).toHaveLength(2)
    expect(owed.groups[0]).toMatchObject({
      householdId: first,
      companyName: '鹏燃燃气',
      shortAddress: '香蜜湖花园 9-1655',
      owedFen: 8525,
      unknownReason: null,
      merchantKey: 'wechat:gas alipay:gas',
      bills: [{ title: '2026年10月燃气费', owedFen: 8525, dueOn: '2026-11-20', state: 'open' }],
    })
  })

  test('nothing owed is 0 when the company has told us so', async () => {
    await importGas(app, { '0008800011': { 本期抄见: '3036', '用气量(m³)': '0', 一阶气量: '0', 气费: '0' } })
    await bind(app, ANNA, '0008800011')
    expect(await listOwed(app.asResident(ANNA))).toMatchObject({
      totalFen: 0,
      missing: [],
      groups: [{ owedFen: 0, bills: [] }],
    })
  })

  test('a resident without households owes nothing to nobody', async () => {
    expect(await listOwed(app.asResident(BERT))).toEqual({ totalFen: 0, missing: [], asOf: null, groups: [] })
  })

  test('a figure older than the company allows is unknown with a reason, never 0', async () => {
    await useConfig({ staleAfterHours: 72 })
    await importGas(app, { '0008800011': {} })
    await bind(app, ANNA, '0008800011')
    app.clock.advance(71 * HOUR_MS)
    expect(await listOwed(app.asResident(ANNA))).toMatchObject({ totalFen: 8525 })
    app.clock.advance(HOUR_MS)
    expect(await listOwed(app.asResident(ANNA))).toMatchObject({
      totalFen: 0,
      missing: ['鹏燃燃气 香蜜湖花园 9-1655'],
      asOf: null,
      groups: [{ owedFen: null, unknownReason: '取不到：鹏燃燃气的数据已经3天没有更新', bills: [] }],
    })
  })

  test("while the billing system is away the reason is the company's own, until the time it gave", async () => {
    await useConfig({ unavailable: { until: '2026-11-22 18:00', reason: '收费系统升级' } })
    await importGas(app, { '0008800011': {} })
    await bind(app, ANNA, '0008800011')
    expect(await listOwed(app.asResident(ANNA))).toMatchObject({
      groups: [{ owedFen: null, unknownReason: '取不到：收费系统升级，预计2026-11-22 18:00恢复' }],
    })
    app.clock.advance(8 * HOUR_MS + 1000)
    expect(await listOwed(app.asResident(ANNA))).toMatchObject({ totalFen: 8525 })
  })
})
