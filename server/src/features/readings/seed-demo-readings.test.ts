import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { importBills } from '../billing'
import { bind } from '../billing/billing.fixture'
import { DEMO_ESTIMATED, seedDemoReadings } from './seed-demo-readings'
import { estimateOfBill } from './estimate-of-bill'
import { showMeter } from './show-meter'
import { submitReading } from './submit-reading'

const EXPORT = 'data/demo/gas-2026-10.csv'

/** The demo's export with this household alone. */
function cutExport(): string {
  const lines = readFileSync(EXPORT, 'utf8').split('\n')
  const path = join(mkdtempSync(join(tmpdir(), 'yihu-cut-')), 'gas-2026-10.csv')
  writeFileSync(
    path,
    lines.filter((line, index) => index === 0 || line.startsWith(DEMO_ESTIMATED.accountNo)).join('\n'),
  )
  return path
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('a household of the demo has a past and an estimated bill, once, and a real reading corrects it late in November', async () => {
    const ctx = app.ctx()
    expect(await seedDemoReadings(ctx, EXPORT)).toBe(false)
    await importBills(ctx, { companyId: 'gas', path: cutExport() })
    expect(await seedDemoReadings(ctx, EXPORT)).toBe(true)
    expect(await seedDemoReadings(ctx, EXPORT)).toBe(false)
    const { id } = await buildResident(app)
    const householdId = await bind(app, id, DEMO_ESTIMATED.accountNo)
    const { meter } = await showMeter(app.asResident(id), { householdId })
    expect(meter).toMatchObject({
      last: { value: '3099', by: 'estimated' },
      lastReal: { value: '3061', on: '2026-10-17' },
      window: { period: '2026-11', isOpen: true },
      usual: { from: expect.any(String), to: expect.any(String) },
      estimated: { amountFen: 13_300 },
    })
    const billId = meter.estimated?.billId ?? ''
    expect(await estimateOfBill(app.asResident(id), { billId })).toMatchObject({ mayCorrect: true })
    const { reading } = await submitReading(app.asResident(id), { householdId, value: '3091.250' })
    expect(reading).toMatchObject({
      state: 'adopted',
      correction: { used: '30', estimatedUsed: '38', feeFen: 10_230, differenceFen: -3070 },
    })
  })
})
