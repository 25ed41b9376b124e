import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { ANNA, bind, billOf, importGas } from './billing.fixture'
import { explainBill } from './explain-bill'
import { explainLateFee } from './explain-late-fee'
import { getBill } from './get-bill'
import type { BillFacts } from './import/layouts/types'

const day = (text: string): number => Date.parse(`${text}T10:00:00+08:00`)
const sixty = { '用气量(m³)': '60', 本期抄见: '3096', 一阶气量: '50', 二阶气量: '10', 气费: '209.70' }

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const shown = async (accountNo = '0008800011', period = '2026-10') => {
    const { id } = await billOf(app, accountNo, period)
    return getBill(app.asResident(ANNA), { billId: id })
  }

  test('each line says its sum, the row of the list, who decreed it and since when', async () => {
    await importGas(app, { '0008800011': { ...sixty, 违约金: '2.00' } })
    await bind(app, ANNA, '0008800011')
    const { lines, tier } = await shown()
    expect(lines.map(({ why }) => why)).toEqual([
      {
        formula: '50 m³ × 3.41 元 = 170.50 元',
        rule: '第1档：每月 0–50 m³，3.41 元/m³',
        source: '示范市发改价格〔2025〕88号',
        validFrom: '2026-01-01',
      },
      {
        formula: '10 m³ × 3.92 元 = 39.20 元',
        rule: '第2档：每月 51–110 m³，3.92 元/m³',
        source: '示范市发改价格〔2025〕88号',
        validFrom: '2026-01-01',
      },
      {
        formula: '公司账单上写明违约金 2.00 元',
        rule: '过了缴费截止日，每天按欠费的 0.1% 收违约金，不超过本金',
        source: '示范市发改价格〔2025〕88号',
        validFrom: '2026-01-01',
      },
    ])
    expect(tier).toMatchObject({ words: '本阶梯还剩 50 m³，下一档 5.12 元/m³', counted: null })
  })

  test('a bill of the month after a new price is compared with it and quotes it', async () => {
    const december = { ...sixty, 账期: '2026-12', 气费: '211.70', 缴费截止日: '2027-01-20' }
    const { report } = await importGas(app, {
      '0008800011': december,
      '0008800012': { ...december, 气费: '209.70' },
    })
    expect(report).toMatchObject({ accepted: 1, rejected: { amount_mismatch: [3] } })
    await bind(app, ANNA, '0008800011')
    const { lines } = await shown('0008800011', '2026-12')
    expect(lines[0]?.why).toMatchObject({
      formula: '50 m³ × 3.45 元 = 172.50 元',
      source: '示范市发改价格〔2026〕41号',
      validFrom: '2026-12-01',
    })
  })

  test('an overdue bill reckons the late fee up to today and asks for what the bill says', async () => {
    await importGas(app, {
      '0008800011': sixty,
      '0008800012': { ...sixty, 违约金: '8.28' },
      '0008800013': { ...sixty, 违约金: '0.42' },
    })
    for (const accountNo of ['0008800011', '0008800012', '0008800013']) await bind(app, ANNA, accountNo)
    app.clock.set(day('2026-11-20'))
    expect((await shown()).lateFee).toMatchObject({ today: null, note: null })
    app.clock.set(day('2026-11-22'))
    const bill = await shown()
    expect([bill.owedFen, bill.lateFeeFen]).toEqual([20_970, 0])
    expect(bill.lateFee).toEqual({
      words: '过了缴费截止日，每天按欠费的 0.1% 收违约金，不超过本金',
      source: '示范市发改价格〔2025〕88号',
      today: {
        day: '2026-11-22',
        from: '2026-11-21',
        amountFen: 42,
        formula: '欠费 209.70 元 × 0.1%/天 × 2 天 = 0.42 元，不超过本金',
      },
      note: '账单里还没有计违约金，现在缴费只收 209.70 元；公司以后可能按规则补收',
    })
    const other = await shown('0008800012')
    expect(other).toMatchObject({ owedFen: 21_798, lateFee: { today: { amountFen: 42 } } })
    expect(other.lateFee?.note).toContain('账单上写的违约金是 8.28 元')
    expect(other.lateFee?.note).toContain('以账单为准，现在缴费只收 217.98 元')
    expect((await shown('0008800013')).lateFee).toMatchObject({ today: { amountFen: 42 }, note: null })
  })

  test('tiers that count the year count the bills of this year so far, and say which are missing', async () => {
    const row = (month: string, used: string, fee: string) => ({
      账期: month,
      '用气量(m³)': used,
      本期抄见: String(3036 + Number(used)),
      一阶气量: used,
      气费: fee,
    })
    const gas = app.config.companies.find(({ id }) => id === 'gas')
    if (gas === undefined) throw new Error('no gas company')
    gas.tariff.city = '示例一（年阶梯）'
    const records = [
      { '0008800011': row('2025-12', '100', '299.00') },
      { '0008800011': row('2026-08', '150', '448.50') },
      { '0008800011': row('2026-09', '200', '598.00') },
      { '0008800011': row('2026-10', '40', '119.60') },
      { '0008800011': row('2026-11', '9', '26.91') },
    ]
    for (const record of records) expect((await importGas(app, record)).report).toMatchObject({ accepted: 1 })
    await bind(app, ANNA, '0008800011')
    expect((await shown()).tier).toEqual({
      current: 1,
      used: '390',
      untilNext: '10',
      nextPrice: '3.44',
      bounds: ['400', '1680'],
      words: '本阶梯还剩 10 m³，下一档 3.44 元/m³',
      counted: '2026-01 到 2026-10 的账单共用 390 m³；缺 7 个月的账单，实际可能更多',
    })
    expect((await shown('0008800011', '2025-12')).tier).toMatchObject({ used: '100', untilNext: '300' })
  })
})

describe('what only the company can answer for', () => {
  const area: BillFacts = {
    basis: 'area',
    area: '100',
    price: '25',
    supplyState: '正常',
    share: null,
    grossFen: 250_000,
    reductionFen: 5000,
    receivedFen: 0,
    lateFeeFen: 0,
  }
  const heating = async (work: (company: TestApp['config']['companies'][number]) => void): Promise<void> => {
    const app = await startApp({ engine: 'sqlite' })
    const company = app.config.companies.find(({ id }) => id === 'heating')
    if (company) work(company)
    await app.close()
    expect(company).toBeDefined()
  }

  test('a listed price is quoted, with the share of a stopped supply; another one is not passed off as listed', () =>
    heating((company) => {
      const whyOf = (facts: BillFacts) => explainBill(facts, company, '2026-2027').lines.map(({ why }) => why)
      expect(whyOf(area)).toEqual([
        {
          formula: '计费面积 100 ㎡ × 每㎡ 25 元 = 2500.00 元',
          rule: '居民，正常用热：25.00 元/㎡·采暖季',
          source: '示范市发改价格〔2026〕12号',
          validFrom: '2026-10-01',
        },
        { formula: '公司给这户的减免', rule: null, source: null, validFrom: null },
      ])
      const stopped = { ...area, share: '0.15', supplyState: '报停', grossFen: 37_500 }
      expect(whyOf(stopped)[0]?.rule).toBe(
        '居民，正常用热：25.00 元/㎡·采暖季；报停（只收基本热费）：按正常热费的 15%',
      )
      expect(whyOf({ ...area, price: '31' })[0]?.rule).toContain('非居民')
      expect(whyOf({ ...area, price: '27' })[0]).toMatchObject({
        source: null,
        rule: expect.stringContaining('和公布的价格表不同'),
      })
    }))

  test('a season is late from the day of the rule on, without a due day in the export', () =>
    heating((company) => {
      const bill = { period: '2026-2027', amountFen: 34_100, paidFen: 0, lateFeeFen: 0, dueOn: null, asOf: 0 }
      const row = { ...bill, state: 'open' } as unknown as Parameters<typeof explainLateFee>[0]
      expect(explainLateFee(row, company, day('2026-10-31'))?.today).toBeNull()
      expect(explainLateFee(row, company, day('2026-11-12'))?.today).toEqual({
        day: '2026-11-12',
        from: '2026-11-01',
        amountFen: 205,
        formula: '欠费 341.00 元 × 0.05%/天 × 12 天 = 2.05 元，不超过本金',
      })
      const paid = { ...row, state: 'paid' as const, paidFen: 34_100 }
      expect(explainLateFee(paid, company, day('2026-11-12'))).toMatchObject({ today: null, note: null })
    }))
})
