import type { MeasureVisit } from './refund-facts'
import { at, facts, round, rulesOf, visit } from './refund.fixture'
import { refundOf } from './refund-of'

/** Seven days from 20 to 26 November at 25.65 yuan a day (3616.00 over 141 days) are 17955 fen in full. */
const SEVEN: Readonly<Record<number, number>> = { 10: 1796, 20: 3591, 30: 5387, 50: 8978, 100: 17_955 }

describe('what each city gives back for seven cold days', () => {
  it.each([
    ['青岛', 179, 20],
    ['青岛', 160, 20],
    ['青岛', 159, 50],
    ['青岛', 140, 50],
    ['青岛', 139, 100],
    ['临沂', 170, 20],
    ['临沂', 150, 50],
    ['临沂', 130, 100],
    ['西安', 175, 20],
    ['西安', 155, 50],
    ['西安', 120, 100],
    ['泰安', 170, 30],
    ['泰安', 150, 50],
    ['泰安', 130, 100],
    ['菏泽', 160, 30],
    ['菏泽', 140, 50],
    ['菏泽', 139, 100],
    ['潍坊', 179, 50],
    ['潍坊', 160, 50],
    ['潍坊', 159, 100],
    ['黑龙江', 199, 10],
    ['黑龙江', 180, 10],
    ['黑龙江', 179, 30],
    ['黑龙江', 160, 30],
    ['黑龙江', 159, 50],
    ['黑龙江', 139, 100],
  ])('%s, %i tenths of a degree: %i percent', (city, tenths, percent) => {
    const refund = refundOf(facts({ visits: [visit('2026-11-20 15:00', tenths)] }), rulesOf(city))
    expect(refund).toMatchObject({
      state: 'refund',
      dailyFen: 2565,
      seasonDays: 141,
      amountFen: SEVEN[percent],
    })
    expect(refund.lines).toHaveLength(1)
  })

  it.each([
    ['青岛', 180],
    ['临沂', 180],
    ['西安', 185],
    ['泰安', 180],
    ['菏泽', 200],
    ['潍坊', 180],
    ['黑龙江', 200],
  ])('%s gives nothing back at %i tenths, and says why', (city, tenths) => {
    const refund = refundOf(facts({ visits: [visit('2026-11-20 15:00', tenths)] }), rulesOf(city))
    expect(refund).toMatchObject({ state: 'nothing', amountFen: 0, isOver: true })
    expect(refund.steps.join()).toContain('合格，没有要退的天数')
  })

  it('says every step in words', () => {
    const refund = refundOf(facts({ visits: [visit('2026-11-20 15:00', 170)] }), rulesOf('临沂'))
    expect(refund.steps).toEqual([
      '11月20日测得卧室 17.0℃，不合格',
      '日热费 3,616.00 ÷ 141 天 = 25.65 元',
      '11月20日至11月26日 7 天，16–18℃ 退 20% = 35.91 元',
      '一共退 35.91 元',
    ])
    expect(refund).toMatchObject({ doubts: [], missing: [], isOver: false, payBy: '2027-06-30' })
  })

  it.each([
    ['滨州', '2027-05-31'],
    ['菏泽', '2027-05-31'],
    ['青岛', '2027-06-30'],
    ['临沂', '2027-06-30'],
    ['西安', '2027-06-30'],
    ['潍坊', null],
  ])('%s carries it out by %s', (city, day) => {
    const visits = city === '滨州' ? SIX(160) : [visit('2026-11-20 15:00', 170)]
    expect(refundOf(facts({ visits }), rulesOf(city)).payBy).toBe(day)
  })
})

/** Binzhou: three days with two measurements each. */
const SIX = (...tenths: number[]): MeasureVisit[] =>
  ['20 09:00', '20 15:00', '21 09:00', '21 15:00', '22 09:00', '22 15:00'].map((when, index) =>
    visit(`2026-11-${when}`, tenths[index % tenths.length] ?? 0),
  )

describe('滨州 measures three days, twice a day, and takes the mean', () => {
  it.each([
    ['16.0 to 18.0 in the mean, although one was warm', SIX(181, 178), 5387, '6 次平均 17.95℃'],
    ['a hair below 18 is not rounded up to it', SIX(180, 180, 180, 180, 180, 179), 5387, '6 次平均 17.98℃'],
    ['below 16 in the mean', SIX(159, 160), 8978, '6 次平均 15.95℃'],
    ['below 14 in the mean', SIX(139, 140), 17_955, '6 次平均 13.95℃'],
  ])('%s', (_, visits, amountFen, words) => {
    const refund = refundOf(facts({ visits }), rulesOf('滨州'))
    expect(refund.amountFen).toBe(amountFen)
    expect(refund.steps[0]).toContain(words)
  })

  it('18.0 in the mean is warm enough, although three were not', () => {
    expect(refundOf(facts({ visits: SIX(179, 181) }), rulesOf('滨州'))).toMatchObject({
      state: 'nothing',
      amountFen: 0,
    })
  })

  it('five measurements are not enough to say anything', () => {
    expect(refundOf(facts({ visits: SIX(150).slice(0, 5) }), rulesOf('滨州'))).toMatchObject({
      state: 'waiting',
      amountFen: null,
      steps: ['要测 6 次取平均值，已测 5 次'],
    })
  })
})

describe('洛阳 gives half back only after 48 hours, and all of it below 14 ℃ at once', () => {
  const luoyang = { season: { from: '2026-11-15', to: '2027-03-15' } }

  it('17 ℃: from 22 November on', () => {
    // 3616.00 over 121 days are 29.88; five days from 22 to 26 at 50 % are 74.70.
    const refund = refundOf(facts({ ...luoyang, visits: [visit('2026-11-20 15:00', 170)] }), rulesOf('洛阳'))
    expect(refund).toMatchObject({ dailyFen: 2988, seasonDays: 121, amountFen: 7470 })
    expect(refund.lines[0]).toMatchObject({
      from: '2026-11-22',
      to: '2026-11-26',
      percent: 50,
      label: '14–18℃',
    })
    expect(refund.steps).toContain('报修后满 48 小时（11月22日）起算')
  })

  it('13.9 ℃: from the day of the request on', () => {
    const refund = refundOf(facts({ ...luoyang, visits: [visit('2026-11-20 15:00', 139)] }), rulesOf('洛阳'))
    expect(refund.amountFen).toBe(7 * 2988)
  })

  it('what is warm again within 48 hours gives nothing back, and says when it would have begun', () => {
    const rounds = [
      round('2026-11-20 09:00', [visit('2026-11-20 15:00', 170)]),
      round('2026-11-21 09:00', [visit('2026-11-22 08:30', 185)]),
    ]
    const refund = refundOf(facts({ ...luoyang, rounds }), rulesOf('洛阳'))
    expect(refund).toMatchObject({ state: 'nothing', amountFen: 0, isOver: true })
    expect(refund.steps).toEqual(expect.arrayContaining(['没有要退的天数']))
  })

  it('pays back a stop of 12 hours, which the others do not', () => {
    const stops = [{ fromAt: at('2026-11-20 06:00'), untilAt: at('2026-11-20 18:00') }]
    expect(refundOf(facts({ ...luoyang, stops }), rulesOf('洛阳')).amountFen).toBe(1494)
    expect(refundOf(facts({ stops }), rulesOf('临沂')).state).toBe('waiting')
  })
})

describe('who does not come or does not sign', () => {
  it('临沂: the company did not come, so it counts as below 14 ℃ until it does', () => {
    const rounds = [round('2026-11-20 09:00', [visit('2026-11-23 10:00', 170)], '2026-11-21 09:00')]
    const refund = refundOf(facts({ rounds }), rulesOf('临沂'))
    expect(refund.lines).toMatchObject([
      { from: '2026-11-20', to: '2026-11-22', percent: 100, label: '低于 14℃', amountFen: 7695 },
      { from: '2026-11-23', to: '2026-11-26', percent: 20, label: '16–18℃', amountFen: 2052 },
    ])
    expect(refund.amountFen).toBe(9747)
    expect(refund.steps[0]).toBe('11月21日供热单位没有按时上门，按规定视为低于 14℃')
  })

  it('临沂: the company did not come, and later finds the home warm: the days until then are paid back', () => {
    const rounds = [round('2026-11-20 09:00', [visit('2026-11-23 10:00', 190)], '2026-11-21 09:00')]
    expect(refundOf(facts({ rounds }), rulesOf('临沂'))).toMatchObject({ amountFen: 7695, isOver: true })
  })

  it('临沂: the company measured and did not sign, so it counts as below 14 ℃', () => {
    const visits = [visit('2026-11-20 15:00', 175, { companySigned: false })]
    expect(refundOf(facts({ visits }), rulesOf('临沂')).amountFen).toBe(17_955)
  })

  it('滨州: not compliant, without a temperature: the mildest band, and a person looks at it', () => {
    const rounds = [round('2026-11-20 09:00', [], '2026-11-21 09:00')]
    const refund = refundOf(facts({ rounds }), rulesOf('滨州'))
    expect(refund).toMatchObject({ amountFen: 5387, lines: [{ percent: 30 }] })
    expect(refund.doubts).toEqual([expect.stringContaining('先按最低一档算')])
  })

  it.each(['临沂', '滨州'])('%s: the resident will not sign, so it counts as warm enough', (city) => {
    const visits = [visit('2026-11-20 15:00', 130, { resident: 'refused' })]
    const refund = refundOf(facts({ visits }), rulesOf(city))
    expect(refund).toMatchObject({ state: 'nothing', amountFen: 0 })
    expect(refund.steps[0]).toBe('11月20日住户没有签字，按规定视为合格')
  })

  it.each(['青岛', '西安', '泰安', '菏泽', '潍坊', '洛阳', '黑龙江'])(
    '%s says nothing about either, so no sum is made up',
    (city) => {
      const refused = refundOf(
        facts({ visits: [visit('2026-11-20 15:00', 130, { resident: 'refused' })] }),
        rulesOf(city),
      )
      expect(refused).toMatchObject({ state: 'missing', amountFen: null })
      expect(refused.missing).toEqual([`${city}的规定里没有查到：住户不签字怎么算`])
      const missed = refundOf(
        facts({ rounds: [round('2026-11-20 09:00', [], '2026-11-21 09:00')] }),
        rulesOf(city),
      )
      expect(missed.missing).toEqual([`${city}的规定里没有查到：供热单位不来或不签字怎么算`])
    },
  )
})

describe('what is not known', () => {
  it.each(['济南', '鞍山', '太原', '山东'])('%s names no bands, so there is no sum', (city) => {
    const refund = refundOf(facts({ visits: [visit('2026-11-20 15:00', 150)] }), rulesOf(city))
    expect(refund).toMatchObject({ state: 'missing', amountFen: null })
    expect(refund.missing).toEqual([`${city}的规定里没有查到：各档温度退多少`])
  })

  it('a season that nobody has said', () => {
    const refund = refundOf(
      facts({ season: null, visits: [visit('2026-11-20 15:00', 150)] }),
      rulesOf('临沂'),
    )
    expect(refund.missing).toEqual(['临沂的规定里没有查到：采暖季从哪天到哪天'])
  })

  it('a fee that no bill says', () => {
    const refund = refundOf(
      facts({ feeFen: null, visits: [visit('2026-11-20 15:00', 150)] }),
      rulesOf('临沂'),
    )
    expect(refund.missing).toEqual(['本采暖季的热费'])
  })

  it('nothing was measured yet', () => {
    expect(refundOf(facts(), rulesOf('临沂'))).toMatchObject({
      state: 'waiting',
      amountFen: null,
      isOver: false,
    })
  })

  it('Qingdao has a standard for the kitchen and no refund for it', () => {
    const visits = [
      visit('2026-11-20 15:00', 0, {
        readings: [
          { room: '卧室', tenths: 185 },
          { room: '厨房', tenths: 95 },
        ],
      }),
    ]
    const refund = refundOf(facts({ visits }), rulesOf('青岛'))
    expect(refund.state).toBe('nothing')
    expect(refund.doubts).toEqual(['厨房低于 10℃，规定没有写退多少，请人工处理'])
  })
})

describe('re-tests', () => {
  const first = round('2026-11-20 09:00', [visit('2026-11-20 15:00', 150)])

  it('a passing one ends the counting; its own day does not count', () => {
    const rounds = [first, round('2026-11-23 09:00', [visit('2026-11-24 10:00', 182)])]
    const refund = refundOf(facts({ rounds, asOf: at('2027-02-01 09:00') }), rulesOf('临沂'))
    expect(refund.lines).toMatchObject([{ from: '2026-11-20', to: '2026-11-23', amountFen: 5130 }])
    expect(refund).toMatchObject({ amountFen: 5130, isOver: true })
  })

  it('a failing one in the same band goes on', () => {
    const rounds = [first, round('2026-11-23 09:00', [visit('2026-11-24 10:00', 145)])]
    const refund = refundOf(facts({ rounds }), rulesOf('临沂'))
    expect(refund.lines).toMatchObject([
      { from: '2026-11-20', to: '2026-11-26', percent: 50, amountFen: 8978 },
    ])
    expect(refund.isOver).toBe(false)
  })

  it('a failing one in another band: two bands in one case', () => {
    const rounds = [first, round('2026-11-23 09:00', [visit('2026-11-24 10:00', 171)])]
    const refund = refundOf(facts({ rounds }), rulesOf('临沂'))
    // Four days at 50 % are 51.30, three days at 20 % are 15.39.
    expect(refund.lines).toMatchObject([
      { from: '2026-11-20', to: '2026-11-23', percent: 50, amountFen: 5130 },
      { from: '2026-11-24', to: '2026-11-26', percent: 20, amountFen: 1539 },
    ])
    expect(refund.amountFen).toBe(6669)
  })

  it('of several rooms the coldest that is lived in decides', () => {
    const readings = [
      { room: '客厅', tenths: 172 },
      { room: '主卧', tenths: 158 },
      { room: '卫生间', tenths: 120 },
    ]
    const refund = refundOf(facts({ visits: [visit('2026-11-20 15:00', 0, { readings })] }), rulesOf('临沂'))
    expect(refund.steps[0]).toBe('11月20日测得主卧 15.8℃，不合格')
    expect(refund.lines[0]?.percent).toBe(50)
  })
})

describe('edges of the season', () => {
  it('who asked before it began is paid from its first day', () => {
    const requestedAt = at('2026-11-10 09:00')
    const visits = [visit('2026-11-16 10:00', 150)]
    const refund = refundOf(facts({ requestedAt, visits, asOf: at('2026-11-17 09:00') }), rulesOf('临沂'))
    expect(refund.lines).toMatchObject([{ from: '2026-11-16', to: '2026-11-17', amountFen: 2565 }])
  })

  it('nothing is counted after its last day, which counts', () => {
    const requestedAt = at('2027-04-04 09:00')
    const visits = [visit('2027-04-04 10:00', 150)]
    const refund = refundOf(facts({ requestedAt, visits, asOf: at('2027-05-01 09:00') }), rulesOf('临沂'))
    expect(refund.lines).toMatchObject([{ from: '2027-04-04', to: '2027-04-05', amountFen: 2565 }])
    expect(refund.isOver).toBe(true)
  })

  it('who asked after it gets nothing', () => {
    const requestedAt = at('2027-04-06 09:00')
    const visits = [visit('2027-04-06 10:00', 150)]
    const refund = refundOf(facts({ requestedAt, visits, asOf: at('2027-05-01 09:00') }), rulesOf('临沂'))
    expect(refund).toMatchObject({ state: 'nothing', amountFen: 0 })
  })

  it('a whole season below 14 ℃ gives back the whole fee and not the three fen that rounding made of it', () => {
    const requestedAt = at('2026-11-16 07:00')
    const visits = [visit('2026-11-16 10:00', 130)]
    const refund = refundOf(facts({ requestedAt, visits, asOf: at('2027-05-01 09:00') }), rulesOf('临沂'))
    expect(141 * 2565).toBe(361_665)
    expect(refund.amountFen).toBe(361_600)
    expect(refund.steps.at(-1)).toBe('不超过本采暖季热费，退 3,616.00 元')
  })
})

describe('a measurement that was not made as the rule says', () => {
  it('is counted, and a person is told what to look at', () => {
    const readings = [{ room: '卧室', tenths: 170, windowsClosedMinutes: 20, heightCm: 150 }]
    const refund = refundOf(facts({ visits: [visit('2026-11-20 22:10', 0, { readings })] }), rulesOf('临沂'))
    expect(refund.doubts).toEqual([
      '11月20日 22:10 的测温不在 08:00–11:00、14:00–21:00 内',
      '11月20日 22:10 的测温关窗不到 60 分钟',
      '11月20日 22:10 的测温离地不是 1 米',
    ])
    expect(refund.amountFen).toBe(3591)
  })
})
