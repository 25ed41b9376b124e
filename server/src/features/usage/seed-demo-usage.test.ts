import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importBills, owedOfHousehold } from '../billing'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildResident } from '../../testing/factories'
import { idsByAccountNo } from '../households'
import { explainBill } from './explain-bill'
import { readUsage } from './read-usage'
import { seedDemoUsage } from './seed-demo-usage'
import { bind } from './usage.fixture'

const GAS = '0008806118'

/** The demo's export with this household alone. */
function cutExport(): string {
  const lines = readFileSync('data/demo/gas-2026-10.csv', 'utf8').split('\n')
  const path = join(mkdtempSync(join(tmpdir(), 'yihu-cut-')), 'gas-2026-10.csv')
  writeFileSync(path, lines.filter((line, index) => index === 0 || line.includes(GAS)).join('\n'))
  return path
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('the demo’s household gets two years of paid bills, once; what it owes stays what it was', async () => {
    const ctx = app.ctx()
    expect(await seedDemoUsage(ctx)).toBe(false)
    await importBills(ctx, { companyId: 'gas', path: cutExport() })
    const householdId = (await idsByAccountNo(ctx.db.reader, 'gas', [GAS])).get(GAS) ?? ''
    const before = await owedOfHousehold(ctx, { id: householdId, companyId: 'gas' })
    expect(await seedDemoUsage(ctx)).toBe(true)
    expect(await seedDemoUsage(ctx)).toBe(false)
    const after = await owedOfHousehold(ctx, { id: householdId, companyId: 'gas' })
    expect(after.owedFen).toBe(41_707)
    expect(after.owedFen).toBe(before.owedFen)

    const { id } = await buildResident(app)
    await bind(app, id, householdId)
    const view = await readUsage(app.asResident(id), { householdId })
    expect(view.months).toHaveLength(24)
    expect(view.months.at(-1)).toMatchObject({ period: '2026-10', quantity: '112', amountFen: 41_707 })
    expect(view.compared.value).not.toBeNull()
    expect(view.projection.value).not.toBeNull()
    // Every bill but the first can be explained, to the fen.
    for (const month of view.months.slice(1)) {
      const { differences } = await explainBill(app.asResident(id), { billId: month.billId })
      for (const { parts, differenceFen } of differences)
        expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(differenceFen)
      expect(differences.flatMap(({ parts }) => parts).some(({ kind }) => kind === 'other')).toBe(false)
    }
  })
})
