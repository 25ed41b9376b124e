import { buildAtWork } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { importBills } from '../billing'
import { getBill } from '../billing/get-bill'
import { listOwed } from '../billing/list-owed'
import { idsByAccountNo } from '../households'
import { listNotices } from '../notices/list-notices'
import { seedDemoNotices } from '../notices'
import { submitReading } from '../readings/submit-reading'
import { explainBill } from './explain-bill'
import { readUsage } from './read-usage'
import { seedDemoUsage } from './seed-demo-usage'
import { bind } from './usage.fixture'

const EXPORT = 'data/demo/water-2026-11.csv'
const READ = '6600000480'
const GUESSED = '6600000001'

eachEngine((engine) => {
  let app: TestApp
  let anna: string
  beforeAll(async () => {
    app = await startApp({ engine })
    anna = (await buildResident(app)).id
  })
  afterAll(() => app.close())
  const home = async (accountNo: string): Promise<string> =>
    (await idsByAccountNo(app.ctx().db.reader, 'water', [accountNo])).get(accountNo) ?? ''
  const newest = async (householdId: string): Promise<string> => {
    const rows = await app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM bill WHERE householdId = ? AND period = ?', [
        householdId,
        '2026-11',
      ])
    return rows[0]?.id ?? ''
  }

  test('the demo’s export of water goes in, and what is wrong in it is named', async () => {
    const { report } = await importBills(app.ctx(), { companyId: 'water', path: EXPORT })
    expect(report).toMatchObject({
      rows: 480,
      accepted: 477,
      amountFen: 3_136_551,
      rejected: { amount_mismatch: [102], reading_backwards: [202], date_invalid: [302] },
    })
    for (const accountNo of [READ, GUESSED]) await bind(app, anna, await home(accountNo))
    expect(await seedDemoUsage(app.ctx())).toBe(true)
    const { groups } = await listOwed(app.asResident(anna))
    expect(groups.map(({ kind, owedFen }) => [kind, owedFen]).sort()).toEqual([
      ['water', 7500],
      ['water', 8000],
    ])
  })

  test('a bill of water has a line for each fee, and each says what it is for and who decreed it', async () => {
    const bill = await getBill(app.asResident(anna), { billId: await newest(await home(READ)) })
    expect(bill).toMatchObject({ title: '2026年11月水费', amountFen: 7500, companyName: '清河自来水' })
    expect(
      bill.lines.map(({ label, quantity, unitPrice, amountFen }) => [label, quantity, unitPrice, amountFen]),
    ).toEqual([
      ['第1档', '15 m³', '2.07', 3105],
      ['水资源费', '15 m³', '1.57', 2355],
      ['污水处理费', '15 m³', '1.36', 2040],
    ])
    expect(bill.lines.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(bill.amountFen)
    expect(bill.lines[2]?.why).toEqual({
      formula: '15 m³ × 1.36 元 = 20.40 元',
      rule: '每 m³ 收 1.36 元，不分档；用过的水送去处理的费用，随水费代收',
      source: '《关于北京市居民用水实行阶梯水价的通知》（北京市水务局网站刊登）',
      validFrom: '2014-05-01',
    })
    expect(bill.why).toContain('污水处理费 15 m³ × 每m³ 1.36 元 = 20.40 元')
    // The year's tiers count the bills since January, and the next price is with what is collected besides.
    const left = 180 - Number(bill.tier?.used)
    expect(left).toBeGreaterThan(0)
    expect(bill.tier).toMatchObject({
      current: 1,
      nextPrice: '7',
      words: `本阶梯还剩 ${left} m³，下一档 7 元/m³（含水资源费、污水处理费）`,
      counted: expect.stringContaining('2026-01 到 2026-11 的账单共用'),
    })
  })

  test('the use is reckoned with all fees, and every difference is explained to the fen without a remainder', async () => {
    const view = await readUsage(app.asResident(anna), { householdId: await home(READ) })
    expect(view.kind).toBe('water')
    expect(view.tier.value).toMatchObject({ price: '5', nextPrice: '7', every: 'year' })
    expect(view.tier.value?.span).toContain('单价含水资源费、污水处理费')
    for (const month of view.months.slice(1)) {
      const { differences } = await explainBill(app.asResident(anna), { billId: month.billId })
      for (const { parts, differenceFen } of differences) {
        expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(differenceFen)
        expect(parts.map(({ kind }) => kind)).not.toContain('other')
      }
    }
  })

  test('a guessed bill is corrected by a reading, with every fee in the difference', async () => {
    const householdId = await home(GUESSED)
    const bill = await getBill(app.asResident(anna), { billId: await newest(householdId) })
    expect(bill).toMatchObject({ estimated: true, amountFen: 8000 })
    // 612 was really read; 622 is 10 m³ instead of the 16 that were guessed: 6 m³ at 5 yuan come back.
    const { reading } = await submitReading(app.asResident(anna), { householdId, value: '622' })
    expect(reading.correction).toMatchObject({
      used: '10',
      estimatedUsed: '16',
      feeFen: 5000,
      differenceFen: -3000,
      lines: [
        { label: '第1档', price: '2.07', amountFen: 2070 },
        { label: '水资源费', price: '1.57', amountFen: 1570 },
        { label: '污水处理费', price: '1.36', amountFen: 1360 },
      ],
    })
  })

  test('a stop at a pump house reaches the homes that it feeds, and no others', async () => {
    const lin = await buildAtWork(app, ['publisher'], { name: '林静' })
    const staff = app.asStaff(lin.id, { name: '林静', roles: ['publisher'] })
    const demo = { ...staff, config: { ...staff.config, environment: 'demo' as const } }
    expect(await seedDemoNotices(demo)).toBe(1)
    const [notice] = (await listNotices(app.ctx(), { companyId: 'water' })).items
    expect(notice).toMatchObject({ title: '香蜜湖花园西区清洗水箱', shown: 'planned' })
    await app.runJobs()
    const bert = (await buildResident(app)).id
    await bind(app, bert, await home(GUESSED))
    const mine = async (id: string) =>
      (await listNotices(app.asResident(id), { companyId: 'water' })).items[0]
    expect((await mine(anna))?.mine).toEqual([
      { householdId: await home(READ), shortAddress: '香蜜湖花园 26-2348' },
    ])
    expect((await mine(bert))?.mine).toEqual([])
  })
})
