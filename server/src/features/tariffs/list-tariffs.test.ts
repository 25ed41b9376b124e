import { startApp, type TestApp } from '../../testing/harness'
import { calculateTariffs } from './calculate-tariffs'
import { listTariffs } from './list-tariffs'
import { packWith, yearly } from './packs.fixture'
import { priceChanges, priceNotes, priceRows } from './price-rows'
import { reckon, whatCanBeReckoned } from './reckon'
import { tariffFaults } from './tariff-faults'
import { tariffsOperations } from './schema'

// Nothing here is kept in a database, so one engine shows it.
let app: TestApp
beforeAll(async () => {
  app = await startApp({ engine: 'sqlite' })
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(Date.parse('2026-11-22T10:00:00+08:00')))

const list = () => tariffsOperations['tariffs.list'].output.parse(listTariffs(app.ctx())).tariffs
const of = (companyId: string) => list().find((tariff) => tariff.companyId === companyId)

describe('tariffs.list', () => {
  test('a stranger reads every company’s list over HTTP, with decree, day and formula', async () => {
    const answer = await fetch(`${app.url}/api/tariffs.list`)
    expect(await answer.json()).toEqual({ tariffs: list() })
    expect(of('power')).toMatchObject({
      title: '居民阶梯电价',
      validFrom: '2026-01-01',
      validUntil: null,
      source: '示范省发改价格〔2025〕301号',
      checkedAt: '2026-11-01',
      rows: [
        { label: '第1档：每月 0–200 kWh', price: '0.588 元/kWh' },
        { label: '第2档：每月 201–350 kWh', price: '0.638 元/kWh' },
        { label: '第3档：每月 351 kWh 以上', price: '0.888 元/kWh' },
      ],
      lateFee: {
        words: '过了缴费截止日，每天按欠费的 0.1% 收违约金，最少 1 元，不超过本金',
        example: '欠费 100.00 元 × 0.1%/天 × 10 天 = 1.00 元，不超过本金',
      },
      coming: null,
      calculator: { by: 'tiers', every: 'month', months: true, peopleAbove: null, sliderMax: 550 },
    })
    expect(of('heating')).toMatchObject({
      rows: [
        { label: '居民，正常用热', price: '25.00 元/㎡·采暖季' },
        { label: '非居民，正常用热', price: '31.00 元/㎡·采暖季' },
        { label: '报停（只收基本热费）', price: '按正常热费的 15%' },
      ],
      calculator: { by: 'area', other: true, stopped: true, months: false },
    })
  })

  test('until when a reading may be reported is the day that the window closes, and is said where residents read meters', async () => {
    const said = (companyId: string) => of(companyId)?.notes.filter((note) => note.includes('读数'))
    // The demo keeps the window open until the month's last day.
    const untilTheEnd = '每月月底前可以自己报表上的读数'
    expect([said('gas'), said('power'), said('heating')]).toEqual([[untilTheEnd], [], []])
    expect(of('gas')?.coming?.notes).toContain(untilTheEnd)
    const other = await startApp({
      engine: 'sqlite',
      config: { readings: { companies: { gas: { closesDay: 18 } } } },
    })
    const { tariffs } = listTariffs(other.ctx())
    await other.close()
    expect(tariffs.find(({ companyId }) => companyId === 'gas')?.notes).toContain(
      '每月 18 日前可以自己报表上的读数',
    )
  })

  test('a change is announced before its day, in force on it, and the old list is kept for old bills', () => {
    expect(of('gas')).toMatchObject({
      validFrom: '2026-01-01',
      validUntil: '2026-11-30',
      coming: {
        validFrom: '2026-12-01',
        source: '示范市发改价格〔2026〕41号',
        changes: ['第1档：每月 0–50 m³：3.41 元/m³ → 3.45 元/m³'],
      },
      earlier: [],
    })
    app.clock.set(Date.parse('2026-12-01T00:00:00+08:00'))
    expect(of('gas')).toMatchObject({
      validFrom: '2026-12-01',
      coming: null,
      earlier: [{ validUntil: '2026-11-30', source: '示范市发改价格〔2025〕88号' }],
    })
  })
})

describe('tariffs.calculate', () => {
  const ask = (input: Parameters<typeof calculateTariffs>[1]) =>
    tariffsOperations['tariffs.calculate'].output.parse(calculateTariffs(app.ctx(), input))

  test('a stranger asks over HTTP what 120 m³ cost now and from December on', async () => {
    const answer = await fetch(`${app.url}/api/tariffs.calculate?companyId=gas&quantity=120`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      current: {
        lines: [
          { label: '第1档', quantity: '50', unitPrice: '3.41', amountFen: 17_050 },
          { label: '第2档', quantity: '60', unitPrice: '3.92', amountFen: 23_520 },
          { label: '第3档', quantity: '10', unitPrice: '5.12', amountFen: 5120 },
        ],
        totalFen: 45_690,
        marginalPrice: '5.12',
        position: null,
      },
      coming: { validFrom: '2026-12-01', totalFen: 45_890 },
    })
    for (const bad of [
      'quantity=-1',
      'quantity=1e3',
      'quantity=1.234',
      'quantity=',
      'quantity=5&months=13',
      'quantity=5&people=0',
    ])
      expect([bad, (await fetch(`${app.url}/api/tariffs.calculate?companyId=gas&${bad}`)).status]).toEqual([
        bad,
        422,
      ])
    expect((await fetch(`${app.url}/api/tariffs.calculate?companyId=nobody&quantity=1`)).status).toBe(404)
  })

  test('an address that asks all the time is told to wait', async () => {
    const strict = await startApp({
      engine: 'sqlite',
      config: { limits: { perIp: { limit: 2, windowMs: 60_000 } } },
    })
    try {
      const ask3 = [1, 2, 3].map(() => fetch(`${strict.url}/api/tariffs.calculate?companyId=gas&quantity=1`))
      const statuses = (await Promise.all(ask3)).map(({ status }) => status)
      expect(statuses.sort()).toEqual([200, 200, 429])
    } finally {
      await strict.close()
    }
  })

  test('two months have the tiers twice, and each tier is one line', () => {
    expect(ask({ companyId: 'gas', quantity: '120', months: 2 }).current).toMatchObject({
      lines: [
        { label: '第1档', quantity: '100', amountFen: 34_100 },
        { label: '第2档', quantity: '20', amountFen: 7840 },
      ],
      totalFen: 41_940,
    })
  })

  test('by area: residents, others, and who stopped the supply', () => {
    const total = (input: Record<string, unknown>) =>
      ask({ companyId: 'heating', quantity: '131.85', ...input }).current.totalFen
    expect(total({})).toBe(329_625)
    expect(total({ customer: 'other' })).toBe(408_735)
    expect(total({ stopped: 'yes' })).toBe(49_444)
  })

  test('what the list does not say is refused in words', () => {
    const beijing = {
      ...app.ctx(),
      config: {
        ...app.config,
        companies: app.config.companies.map((company) => ({ ...company, tariff: { city: '北京' } })),
      },
    }
    expect(() => calculateTariffs(beijing, { companyId: 'power', quantity: '5' })).toThrow('没有写明')
  })
})

describe('a list in words', () => {
  test('a year, larger households, shares and seasons are explained', () => {
    const pack = yearly({
      tiers: {
        people: { above: 4, addPerPerson: '60' },
        seasons: [{ name: '采暖季', from: '11-15', to: '03-15', steps: [{ upTo: null, price: '2.5' }] }],
      },
    })
    expect(priceNotes(pack)).toEqual([
      '阶梯按年计，每年 1月1日重新起算',
      '超过 4 人的家庭，每多 1 人各档每年加 60 m³',
      '采暖季（11月15日至次年3月15日）单独计阶梯',
    ])
    expect(priceRows(pack).at(-1)).toEqual({ label: '采暖季，不分档', price: '2.5 元/m³' })
    expect(priceNotes(yearly({ tiers: { prorate: 'months' } }))).toContain(
      '当年过户、迁入的，各档按剩下的月数折算',
    )
    expect(whatCanBeReckoned(pack)).toMatchObject({ every: 'year', months: false, peopleAbove: 4 })
  })

  test('differences without a base are shown and not reckoned', () => {
    const steps = [
      { upTo: '2880', above: '0' },
      { upTo: '4800', above: '0.05' },
      { upTo: null, above: '0.30' },
    ]
    const pack = packWith({ tiers: { every: 'year', steps } })
    expect(priceRows(pack).map(({ price }) => price)).toEqual([
      '基础价',
      '基础价 + 0.05 元/m³',
      '基础价 + 0.30 元/m³',
    ])
    expect(whatCanBeReckoned(pack)).toBeNull()
  })

  test('a changed list names what is new and what goes', () => {
    const next = packWith({
      tiers: {
        steps: [
          { upTo: '60', price: '3.5' },
          { upTo: null, price: '5.12' },
        ],
      },
    })
    expect(priceChanges(packWith(), next)).toEqual([
      '新增 第1档：每月 0–60 m³：3.5 元/m³',
      '新增 第2档：每月 61 m³ 以上：5.12 元/m³',
      '取消 第1档：每月 0–50 m³：3.41 元/m³',
      '取消 第2档：每月 51–110 m³：3.92 元/m³',
      '取消 第3档：每月 111 m³ 以上：5.12 元/m³',
    ])
  })

  test('the year’s use so far and five people count', () => {
    const pack = yearly({ tiers: { people: { above: 4, addPerPerson: '60' } } })
    const asked = { quantity: '20', usedBefore: '390' }
    expect(reckon(pack, asked, '2026-11-22')).toMatchObject({
      lines: [
        { label: '第1档', quantity: '10' },
        { label: '第2档', quantity: '10' },
      ],
      position: '本阶梯还剩 1270 m³，下一档 4.34 元/m³',
    })
    expect(reckon(pack, { ...asked, people: 5 }, '2026-11-22')).toMatchObject({
      lines: [{ label: '第1档', quantity: '20' }],
      position: '本阶梯还剩 50 m³，下一档 3.44 元/m³',
    })
  })
})

test('a company whose city has no list, or none to compare its export with, keeps the portal from starting', () => {
  expect(tariffFaults(app.config.companies)).toEqual([])
  const [heating, gas] = app.config.companies
  if (heating === undefined || gas === undefined) throw new Error('no companies')
  expect(tariffFaults([{ ...heating, tariff: { city: '无此市' } }])).toEqual([
    'companies.heating.tariff.city: config/rules has no price-….yaml for heating in 无此市',
  ])
  expect(tariffFaults([{ ...gas, tariff: { city: '示例二（倍数）' } }])).toEqual([
    expect.stringContaining('companies.gas.tariff.city: gas-month-csv is compared with 3 tiers'),
  ])
})
