import { at, facts, HOUR_MS, rulesOf, visit } from './refund.fixture'
import { refundOf } from './refund-of'

describe('stops', () => {
  const stops = [{ fromAt: at('2026-11-22 06:00'), untilAt: at('2026-11-23 12:00') }]

  it('30 hours without heat are a day and a quarter', () => {
    // 25.65 × 30 ÷ 24 = 32.0625, which is 32.06.
    const refund = refundOf(facts({ stops }), rulesOf('临沂'))
    expect(refund).toMatchObject({ amountFen: 3206, lines: [{ label: '停热', minutes: 1800, percent: 100 }] })
    expect(refund.steps).toContain('11月22日至11月23日 1 天 6 小时，停热 退 100% = 32.06 元')
  })

  it('an hour is not paid back twice: cold days are counted without what was stopped in them', () => {
    const refund = refundOf(facts({ stops, visits: [visit('2026-11-20 15:00', 170)] }), rulesOf('临沂'))
    // Seven days without 30 hours are 8280 minutes: 25.65 × 20 % × 5.75 = 29.4975, which is 29.50.
    expect(refund.lines).toMatchObject([
      { label: '16–18℃', minutes: 8280, amountFen: 2950 },
      { label: '停热', minutes: 1800, amountFen: 3206 },
    ])
    expect(refund.steps).toContain('11月20日至11月26日 5 天 18 小时，16–18℃ 退 20% = 29.50 元')
  })

  it.each([
    [24, 2565],
    [23.9, null],
  ])('%d hours give back %s', (hours, amountFen) => {
    const fromAt = at('2026-11-22 06:00')
    const refund = refundOf(
      facts({ stops: [{ fromAt, untilAt: fromAt + hours * HOUR_MS }] }),
      rulesOf('临沂'),
    )
    expect(refund.amountFen).toBe(amountFen)
  })

  it('what another case gives back is cut out, and its hours stay out of the cold days', () => {
    // Of 30 hours another case has the first ten and the last five: 15 are left, 25.65 × 15 ÷ 24 = 16.03125.
    const claimed = {
      stops: [
        { fromAt: at('2026-11-21 00:00'), untilAt: at('2026-11-22 16:00') },
        { fromAt: at('2026-11-23 07:00'), untilAt: at('2026-11-24 00:00') },
      ],
      days: [],
    }
    const refund = refundOf(
      facts({ stops, claimed, visits: [visit('2026-11-20 15:00', 170)] }),
      rulesOf('临沂'),
    )
    expect(refund.lines).toMatchObject([
      { label: '16–18℃', minutes: 8280 },
      { label: '停热', minutes: 900, amountFen: 1603 },
    ])
    expect(refund.stops).toEqual([{ fromAt: at('2026-11-22 16:00'), untilAt: at('2026-11-23 07:00') }])
    expect(refund.doubts).toEqual([])
  })

  it('a stop that another case has altogether gives nothing back', () => {
    const claimed = { stops, days: [] }
    expect(refundOf(facts({ stops, claimed }), rulesOf('临沂')).state).toBe('waiting')
  })

  it('cold days of another case that lie in the stop are shown to a person', () => {
    const doubts = (to: string) =>
      refundOf(facts({ stops, claimed: { stops: [], days: [{ from: '2026-11-18', to }] } }), rulesOf('临沂'))
        .doubts
    expect(doubts('2026-11-21')).toEqual([])
    expect(doubts('2026-11-22')).toEqual(['停热的日子里有几天已按室温不达标退过费，请人工核对'])
  })

  it('of a stop that began before the season only what lies in it', () => {
    const before = [{ fromAt: at('2026-11-15 00:00'), untilAt: at('2026-11-17 00:00') }]
    expect(refundOf(facts({ stops: before }), rulesOf('临沂')).amountFen).toBe(2565)
  })
})
