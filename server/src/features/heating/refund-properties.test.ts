import type { MeasureVisit } from './refund-facts'
import { at, facts, HOUR_MS, rulesOf } from './refund.fixture'
import { refundOf } from './refund-of'

describe('of any case', () => {
  /** A small generator with a seed, so that a failure can be read again. */
  const random = (seed: number) => () =>
    (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  const CITIES = ['青岛', '临沂', '西安', '泰安', '菏泽', '潍坊', '洛阳', '黑龙江', '示范市']

  const anyCase = (draw: () => number) => {
    const requestedAt = at('2026-11-01 00:00') + Math.floor(draw() * 160 * 24) * HOUR_MS
    const tenths = 100 + Math.floor(draw() * 110)
    const again = 100 + Math.floor(draw() * 110)
    const later = requestedAt + Math.floor(draw() * 40 * 24) * HOUR_MS
    const stopAt = at('2026-11-16 00:00') + Math.floor(draw() * 140 * 24) * HOUR_MS
    const of = (when: number, value: number): MeasureVisit => ({
      at: when,
      readings: [{ room: '客厅', tenths: value }],
      resident: 'signed',
      companySigned: true,
    })
    return (changed: { warmer?: number; longer?: number }) =>
      facts({
        requestedAt,
        feeFen: 100_000 + (Math.floor(tenths * 7919) % 500_000),
        rounds: [
          {
            requestedAt,
            missedAt: null,
            visits: [of(requestedAt + 5 * HOUR_MS, tenths + (changed.warmer ?? 0))],
          },
          {
            requestedAt: later,
            missedAt: null,
            visits: [of(later + 5 * HOUR_MS, again + (changed.warmer ?? 0))],
          },
        ],
        stops: [{ fromAt: stopAt, untilAt: stopAt + 30 * HOUR_MS }],
        asOf: later + (5 + (changed.longer ?? 0) * 24) * HOUR_MS,
      })
  }

  it.each(CITIES)(
    '%s: never below nothing or above the fee, no less for longer, no more for warmer',
    (city) => {
      const draw = random(20_261_122)
      const rules = rulesOf(city)
      let given = 0
      for (let turn = 0; turn < 400; turn++) {
        const made = anyCase(draw)
        const base = made({})
        const amountFen = refundOf(base, rules).amountFen ?? 0
        expect(amountFen).toBeGreaterThanOrEqual(0)
        expect(amountFen).toBeLessThanOrEqual(base.feeFen ?? 0)
        expect(
          refundOf(made({ longer: 1 + Math.floor(draw() * 30) }), rules).amountFen ?? 0,
        ).toBeGreaterThanOrEqual(amountFen)
        expect(
          refundOf(made({ warmer: 1 + Math.floor(draw() * 30) }), rules).amountFen ?? 0,
        ).toBeLessThanOrEqual(amountFen)
        given += amountFen > 0 ? 1 : 0
      }
      // The cases must be such that a wrong rule would show.
      expect(given).toBeGreaterThan(100)
    },
  )

  it.each(CITIES)(
    '%s: the lines make the sum, the fee at the most, and their days do not overlap',
    (city) => {
      const draw = random(7)
      for (let turn = 0; turn < 200; turn++) {
        const made = anyCase(draw)({ longer: 3 })
        const refund = refundOf(made, rulesOf(city))
        const cold = refund.lines.filter(({ label }) => label !== '停热')
        for (const [index, line] of cold.entries()) expect(line.from > (cold[index - 1]?.to ?? '')).toBe(true)
        const sum = refund.lines.reduce((total, { amountFen }) => total + amountFen, 0)
        expect(refund.amountFen ?? 0).toBe(Math.min(sum, made.feeFen ?? 0))
      }
    },
  )
})
