import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { testConfig } from '../../testing/config'
import { getBill } from '../billing/get-bill'
import { bind, billOf } from '../billing/billing.fixture'
import { tempFile } from '../billing/import/files.fixture'
import { importBills } from '../billing/import-bills'
import { drainWritebacks } from '../payments/drain-writebacks'
import { FakeUtility } from '../payments/test-desk'
import { estimateOfBill } from './estimate-of-bill'
import { getReading } from './get-reading'
import { joinCorrections } from './join-corrections'
import { showMeter } from './show-meter'
import { submitReading } from './submit-reading'
import { OPEN } from './test-meters'

const ACCOUNT = '0066000001'
const WATER =
  '户号,户名,联系电话,用水地址,水表号,上期抄见,本期抄见,用水量(m³),一阶水量,二阶水量,三阶水量,水费,违约金,账期,抄表日期,缴费截止日,抄表方式'
const POWER =
  '台区,台区经理,台区经理电话,户号,户名,手机号,用电地址,电表号,倍率,上月示数,本月示数,用电量(kWh),一档电量,二档电量,三档电量,电费,账期,抄表日期,缴费截止日,抄表方式'

/** A month of 10 m³ at 3.20 yuan that somebody read, unless another use is said. */
const water = (month: string, from: number, to: number, split: string, fee: string, method = '实抄') =>
  `${ACCOUNT},沈红宇,17903412298,福田区香蜜湖花园9栋1655,SB0066000001,${from},${to},${to - from},${split},${fee},0.00,${month},${month}-12,${month}-28,${method}`
const power = (method: string) =>
  `台区1,周小梅,17900000001,${ACCOUNT},沈红宇,17903412298,福田区香蜜湖花园9栋1655,DB0066000001,1,1000,1100,100,100,0,0,58.80,2026-10,2026-10-17,2026-11-20,${method}`

let files = 0
const database = { engine: 'sqlite', file: 'unused', synchronous: 'NORMAL' } as const

eachEngine((engine) => {
  let app: TestApp
  let utility: FakeUtility
  let memberId: string
  beforeEach(async () => {
    utility = new FakeUtility()
    const { companies } = testConfig(database)
    const gas = companies.find(({ id }) => id === 'gas')
    const waterCompany = {
      ...gas,
      id: 'west-water',
      name: '清河自来水',
      kind: 'water',
      import: { layout: 'water-month-csv', sourceName: '清河营业系统' },
    }
    app = await startApp({
      engine,
      platforms: { utility: () => utility },
      config: { companies: [...companies, waterCompany] },
    })
    app.clock.set(OPEN)
    memberId = (await buildResident(app)).id
  })
  afterEach(() => app.close())

  const importRows = async (companyId: string, header: string, rows: readonly string[]): Promise<void> => {
    const path = tempFile(`other-${++files}.csv`, [header, ...rows, ''].join('\n'))
    const { report } = await importBills(app.ctx(), { companyId, path })
    expect(report).toMatchObject({ accepted: rows.length, rejected: {} })
  }
  const member = () => app.asResident(memberId)

  test('an estimated bill of water is marked, explained, and corrected by a reading in time, down to the new bill', async () => {
    const months = ['2026-06', '2026-07', '2026-08', '2026-09']
    for (const [index, month] of months.entries())
      await importRows('west-water', WATER, [
        water(month, 100 + 10 * index, 110 + 10 * index, '10,0,0', '32.00'),
      ])
    // Nobody was at home: 20 m³ guessed at one price, whatever the tier.
    await importRows('west-water', WATER, [water('2026-10', 140, 160, '20,0,0', '64.00', '估抄')])
    const householdId = await bind(app, memberId, ACCOUNT)
    const bill = await billOf(app, ACCOUNT)
    const detail = await getBill(member(), { billId: bill.id })
    expect(detail).toMatchObject({ title: '2026年10月水费', estimated: true })
    expect(detail.why[0]).toBe('本期没有抄到表，读数是公司按以往用量估的，不是表上的真实读数')
    expect(detail.lines).toMatchObject([
      {
        label: '估抄用量（不分阶梯）',
        why: {
          formula: '估抄 20 m³ × 3.2 元 = 64.00 元',
          rule: '没抄到表时按最近两次实抄估，统一 3.2 元/m³，实抄后多退少补',
        },
      },
    ])
    expect(await estimateOfBill(member(), { billId: bill.id })).toMatchObject({
      isEstimated: true,
      mayCorrect: true,
    })
    expect((await showMeter(member(), { householdId })).meter).toMatchObject({
      kind: 'water',
      unit: 'm³',
      decimals: 0,
      last: { value: '160', by: 'estimated' },
      lastReal: { value: '140' },
    })

    const { reading } = await submitReading(member(), { householdId, value: '152' })
    // 12 m³ × 3.20 = 38.40 instead of 64.00.
    expect(reading).toMatchObject({
      state: 'adopted',
      correction: { used: '12', estimatedUsed: '20', feeFen: 3840, differenceFen: -2560, state: 'waiting' },
    })
    await drainWritebacks(app.ctx())
    expect([...utility.readings.values()]).toMatchObject([{ corrects: `${ACCOUNT}:2026-10`, value: '152' }])
    await importRows('west-water', WATER, [water('2026-10', 140, 152, '12,0,0', '38.40', '自报')])
    app.clock.advance(3_600_000)
    await joinCorrections(app.ctx())
    expect((await getReading(member(), { readingId: reading.id })).reading).toMatchObject({
      next: '公司已按您报的读数更正了账单。',
      correction: { state: 'corrected', joinAmountFen: 3840 },
    })
    expect(await getBill(member(), { billId: bill.id })).not.toHaveProperty('estimated')
  })

  test('an estimated bill of power is marked and explained by its tiers; its meter reads itself, so nobody is asked', async () => {
    await importRows('power', POWER, [power('估抄')])
    await bind(app, memberId, ACCOUNT)
    const bill = await billOf(app, ACCOUNT)
    const detail = await getBill(member(), { billId: bill.id })
    expect(detail).toMatchObject({ estimated: true, reading: { readBy: 'estimated' } })
    expect(detail.why[0]).toBe('本期没有抄到表，读数是公司按以往用量估的，不是表上的真实读数')
    expect(await estimateOfBill(member(), { billId: bill.id })).toMatchObject({
      isEstimated: true,
      mayCorrect: false,
      whyNot: '这家公司不收自助读数，下次抄表时多退少补。',
    })
    // The same amount, and the meter has told its figure: the bill is no estimate any more.
    await importRows('power', POWER, [power('远传')])
    expect(await billOf(app, ACCOUNT)).toMatchObject({ amountFen: bill.amountFen, version: 2 })
    expect(await getBill(member(), { billId: bill.id })).not.toHaveProperty('estimated')
  })
})
