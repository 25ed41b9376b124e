import { join } from 'node:path'
import { projectRoot } from '../../core/config/load'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { ANNA, bind, BERT, billOf, importGas, outcomeOf } from './billing.fixture'
import { getBill } from './get-bill'
import { importBills } from './import-bills'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  test('a gas bill explains its reading, tiers, late fee, source and earlier versions', async () => {
    const changes = { 本期抄见: '3096', '用气量(m³)': '60', 一阶气量: '50', 二阶气量: '10', 气费: '209.70' }
    await importGas(app, { '0008800011': changes })
    await importGas(app, { '0008800011': { ...changes, 违约金: '2.00' } })
    await bind(app, ANNA, '0008800011')
    const { id } = await billOf(app, '0008800011')
    expect(await getBill(app.asResident(ANNA), { billId: id })).toMatchObject({
      title: '2026年10月燃气费',
      amountFen: 21_170,
      lateFeeFen: 200,
      owedFen: 21_170,
      address: '福田区香蜜湖花园9栋1655',
      accountNoMasked: '000****011',
      hotline: '95777',
      reading: { previous: '3036', current: '3096', quantity: '60', unit: 'm³', readOn: '2026-10-17' },
      tier: { current: 2, used: '60', untilNext: '50', nextPrice: '5.12', bounds: ['50', '110'] },
      lines: [
        { label: '第1档', quantity: '50 m³', unitPrice: '3.41', amountFen: 17_050 },
        { label: '第2档', quantity: '10 m³', unitPrice: '3.92', amountFen: 3920 },
        { label: '违约金', quantity: null, unitPrice: null, amountFen: 200 },
      ],
      why: [
        '本期读数 3096 减上期读数 3036，用了 60 m³',
        '第1档 50 m³ × 每m³ 3.41 元 = 170.50 元',
        '第2档 10 m³ × 每m³ 3.92 元 = 39.20 元',
        '违约金 2.00 元：过了缴费截止日，每天按欠费的 0.1% 收违约金，不超过本金',
      ],
      source: { name: '鹏燃客户信息系统', asOf: app.clock.now() },
      versions: [{ version: 1, amountFen: 20_970 }],
    })
  })

  test('a bill of a household that is not mine is not found, nor is one that does not exist', async () => {
    await importGas(app, { '0008800011': {} })
    await bind(app, ANNA, '0008800011')
    const { id } = await billOf(app, '0008800011')
    expect(await outcomeOf(getBill(app.asResident(BERT), { billId: id }))).toBe('not_found')
    expect(await outcomeOf(getBill(app.asResident(ANNA), { billId: '01JD0000000000000000000000' }))).toBe(
      'not_found',
    )
  })
})

test('the lines of every demo bill add up to what it asks for', async () => {
  const app = await startApp({ engine: 'sqlite' })
  for (const [companyId, file] of [
    ['heating', 'heating-2026-2027.csv'],
    ['power', 'power-2026-10.xlsx'],
  ] as const) {
    await importBills(app.ctx(), { companyId, path: join(projectRoot(), 'data/demo', file) })
  }
  const sample = await app
    .ctx()
    .db.reader.query<{ id: string; accountNo: string }>(
      "SELECT id, accountNo FROM bill WHERE id LIKE '%7' LIMIT 40",
    )
  expect(sample.length).toBeGreaterThan(20)
  for (const { id, accountNo } of sample) {
    await bind(app, ANNA, accountNo)
    const bill = await getBill(app.asResident(ANNA), { billId: id })
    expect(bill.lines.reduce((sum, line) => sum + line.amountFen, 0)).toBe(bill.amountFen)
  }
  await app.close()
})
