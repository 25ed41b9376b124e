import { buildBill, buildHousehold } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { usageOfHousehold } from './usage-of-household'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('the last thirteen periods, oldest first, with what the meter counted', async () => {
    const household = await buildHousehold(app, { companyId: 'gas' })
    for (let month = 1; month <= 14; month++) {
      const year = month > 12 ? 2026 : 2025
      await buildBill(app, household, {
        companyId: 'gas',
        kind: 'gas',
        period: `${year}-${String(((month - 1) % 12) + 1).padStart(2, '0')}`,
        amountFen: month * 100,
        detail: JSON.stringify({ basis: 'tiers', used: String(month) }),
      })
    }
    const periods = await usageOfHousehold(app.ctx(), { id: household.id, companyId: 'gas' })
    expect(periods).toHaveLength(13)
    expect(periods[0]).toMatchObject({ period: '2025-02', amountFen: 200, quantity: '2' })
    expect(periods.at(-1)).toMatchObject({ period: '2026-02', amountFen: 1400, quantity: '14' })
    expect(periods.every(({ unit }) => unit !== null)).toBe(true)
  })

  test('heat that is paid for by area has no quantity: the area is the same every year', async () => {
    const household = await buildHousehold(app)
    await buildBill(app, household, { detail: JSON.stringify({ basis: 'area', area: '85.44' }) })
    const [period] = await usageOfHousehold(app.ctx(), { id: household.id, companyId: 'heating' })
    expect(period).toMatchObject({ quantity: null, unit: null })
  })

  test('a bill that does not say what was used has no quantity, which is not nought', async () => {
    const household = await buildHousehold(app)
    await buildBill(app, household, { detail: '{}' })
    const [period] = await usageOfHousehold(app.ctx(), { id: household.id, companyId: 'heating' })
    expect(period).toMatchObject({ period: '2026-2027', quantity: null, unit: null })
  })
})
