import { fromScaled, toScaled } from '../../core/decimal'
import { dayAt, dayIndex } from './day-of-year'
import { packWith, seeded, yearly } from './packs.fixture'
import { priceOf, type Use } from './price-of'
import type { RulePack } from './rule-pack'

const october = { from: '2026-10-01', to: '2026-10-31' }
/** Tier, quantity, price and fen of each line, then the total. */
const told = (packs: RulePack | RulePack[], use: Use) => {
  const priced = priceOf(packs, use)
  if (priced === null) return null
  const lines = priced.lines.map(({ tier, quantity, unitPrice, amountFen }) => [
    tier,
    quantity,
    unitPrice,
    amountFen,
  ])
  return { lines, totalFen: priced.totalFen }
}

describe('a month at one price list', () => {
  test.each<[string, unknown[][], number]>([
    ['0', [[1, '0', '3.41', 0]], 0],
    ['0.01', [[1, '0.01', '3.41', 3]], 3],
    ['25', [[1, '25', '3.41', 8525]], 8525],
    ['49.99', [[1, '49.99', '3.41', 17_047]], 17_047],
    ['50', [[1, '50', '3.41', 17_050]], 17_050],
    [
      '50.01',
      [
        [1, '50', '3.41', 17_050],
        [2, '0.01', '3.92', 4],
      ],
      17_054,
    ],
    [
      '110',
      [
        [1, '50', '3.41', 17_050],
        [2, '60', '3.92', 23_520],
      ],
      40_570,
    ],
    [
      '111',
      [
        [1, '50', '3.41', 17_050],
        [2, '60', '3.92', 23_520],
        [3, '1', '5.12', 512],
      ],
      41_082,
    ],
  ])('%s m³', (quantity, lines, totalFen) => {
    expect(told(packWith(), { ...october, quantity })).toEqual({ lines, totalFen })
  })

  test('a single price is one line, and half a fen rounds up', () => {
    const flat = packWith({ tiers: { steps: [{ upTo: null, price: '1.005' }] } })
    expect(told(flat, { ...october, quantity: '1' })).toEqual({
      lines: [[1, '1', '1.005', 101]],
      totalFen: 101,
    })
    expect(told(flat, { ...october, quantity: '3' })?.totalFen).toBe(302)
  })

  test('what was used before in the month is not cheap again', () => {
    const use = { ...october, from: '2026-10-16', usedBefore: '45', quantity: '10' }
    expect(told(packWith(), use)).toEqual({
      lines: [
        [1, '5', '3.41', 1705],
        [2, '5', '3.92', 1960],
      ],
      totalFen: 3665,
    })
    expect(told(packWith(), { ...use, usedBefore: '50', quantity: '0' })?.lines).toEqual([
      [2, '0', '3.92', 0],
    ])
  })

  test('the marginal price is that of the next unit', () => {
    const marginal = (quantity: string) => priceOf(packWith(), { ...october, quantity })?.marginalPrice
    expect(['0', '49', '50', '110', '900'].map(marginal)).toEqual(['3.41', '3.41', '3.92', '5.12', '5.12'])
  })

  test('more than four people have longer tiers, each further one the same', () => {
    const pack = packWith({ tiers: { people: { above: 4, addPerPerson: '10' } } })
    const total = (people: number | null) => told(pack, { ...october, quantity: '70', people })?.totalFen
    expect([null, 1, 4].map(total)).toEqual([24_890, 24_890, 24_890])
    expect(total(5)).toBe(60 * 341 + 10 * 392)
    expect(total(6)).toBe(70 * 341)
  })

  test('an estimated reading is flat where the pack says so, and by tiers where it does not', () => {
    const flat = packWith({ values: { estimate: { price: '3.5', words: '估抄统一价' } } })
    expect(told(flat, { ...october, quantity: '120', estimated: true })).toEqual({
      lines: [[null, '120', '3.5', 42_000]],
      totalFen: 42_000,
    })
    expect(told(packWith(), { ...october, quantity: '120', estimated: true })?.totalFen).toBe(45_690)
  })
})

describe('shares of the tiers', () => {
  const byDays = packWith({
    tiers: {
      prorate: 'days',
      steps: [
        { upTo: '100', price: '0.5' },
        { upTo: null, price: '1' },
      ],
    },
  })
  test('a bill of 45 days has 45/30 of a month: 100 kWh become 150', () => {
    const use = { from: '2026-09-01', to: '2026-10-15' }
    expect(told(byDays, { ...use, quantity: '150' })?.lines).toEqual([[1, '150', '0.5', 7500]])
    expect(told(byDays, { ...use, quantity: '151' })?.lines).toEqual([
      [1, '150', '0.5', 7500],
      [2, '1', '1', 100],
    ])
  })
  test.each([
    ['2026-02-01', '2026-02-28', '100'],
    ['2026-10-01', '2026-10-31', '100'],
    ['2026-09-01', '2026-10-31', '200'],
    ['2026-10-01', '2026-10-10', '33.33'],
    ['2026-10-17', '2026-10-31', '50'],
  ])('whole months count as months and parts by days: %s to %s has %s', (from, to, first) => {
    expect(told(byDays, { from, to, quantity: '500' })?.lines[0]).toEqual([
      1,
      first,
      '0.5',
      Math.round(Number(first) * 50),
    ])
  })
  test('who moves in within the year has the months that are left, or the days', () => {
    const use = { from: '2026-07-15', to: '2026-12-31', since: '2026-07-15', quantity: '300' }
    expect(told(yearly({ tiers: { prorate: 'months' } }), use)?.lines).toEqual([
      [1, '200', '2.99', 59_800],
      [2, '100', '3.44', 34_400],
    ])
    // 170 of 365 days: 400 × 170 ÷ 365 = 186.30.
    expect(told(yearly({ tiers: { prorate: 'days' } }), use)?.lines[0]).toEqual([1, '186.3', '2.99', 55_704])
    expect(told(yearly(), use)?.lines).toEqual([[1, '300', '2.99', 89_700]])
    // The next year is whole again.
    const next = { ...use, from: '2027-01-01', to: '2027-12-31', quantity: '400' }
    expect(told(yearly({ tiers: { prorate: 'months' } }), next)?.lines).toEqual([[1, '400', '2.99', 119_600]])
  })
})

describe('a period over a boundary', () => {
  test('a new price in the middle: shared out by days, to two places, and the count goes on', () => {
    const packs = [
      packWith({ validUntil: '2026-10-12' }),
      packWith({
        validFrom: '2026-10-13',
        tiers: {
          steps: [
            { upTo: '50', price: '3.60' },
            { upTo: null, price: '4.00' },
          ],
        },
      }),
    ]
    const priced = priceOf(packs, { ...october, quantity: '100' })
    expect(priced?.splitOn).toEqual(['2026-10-13'])
    expect(
      priced?.lines.map((line) => [line.from, line.tier, line.quantity, line.unitPrice, line.amountFen]),
    ).toEqual([
      ['2026-10-01', 1, '38.71', '3.41', 13_200],
      ['2026-10-13', 1, '11.29', '3.60', 4065],
      ['2026-10-13', 2, '50', '4.00', 20_000],
    ])
    expect(priced?.totalFen).toBe(37_265)
  })

  test('a year ends within the period: the new year begins with the first tier', () => {
    const use = { from: '2026-12-17', to: '2027-01-15', usedBefore: '1680', quantity: '60' }
    expect(told(yearly({ validFrom: null }), use)?.lines).toEqual([
      [3, '30', '4.34', 13_020],
      [1, '30', '2.99', 8970],
    ])
  })

  test('a year may begin on another day', () => {
    const pack = yearly({ validFrom: null, tiers: { start: '07-01' } })
    const use = { from: '2026-06-21', to: '2026-07-10', usedBefore: '400', quantity: '20' }
    expect(told(pack, use)?.lines).toEqual([
      [2, '10', '3.44', 3440],
      [1, '10', '2.99', 2990],
    ])
  })

  test('two months in one bill are two counts', () => {
    const use = { from: '2026-09-01', to: '2026-10-31', quantity: '122' }
    expect(told(packWith(), use)?.lines).toEqual([
      [1, '50', '3.41', 17_050],
      [2, '10', '3.92', 3920],
      [1, '50', '3.41', 17_050],
      [2, '12', '3.92', 4704],
    ])
  })

  test('the heating season of gas has tiers and a count of its own', () => {
    const pack = yearly({
      validFrom: null,
      tiers: {
        seasons: [
          {
            name: '采暖季',
            from: '11-15',
            to: '03-15',
            steps: [
              { upTo: '1000', price: '2.50' },
              { upTo: null, price: '3.00' },
            ],
          },
        ],
      },
    })
    expect(
      told(pack, { from: '2026-11-05', to: '2026-11-24', usedBefore: '390', quantity: '40' })?.lines,
    ).toEqual([
      [1, '10', '2.99', 2990],
      [2, '10', '3.44', 3440],
      [1, '20', '2.50', 5000],
    ])
    // Over New Year the season's count goes on; after its last day the year's own is at its beginning.
    expect(
      told(pack, { from: '2027-03-06', to: '2027-03-25', usedBefore: '995', quantity: '20' })?.lines,
    ).toEqual([
      [1, '5', '2.50', 1250],
      [2, '5', '3.00', 1500],
      [1, '10', '2.99', 2990],
    ])
  })
})

describe('what nobody says has no price', () => {
  test('days before the first list, lists without tiers, and differences without a base', () => {
    expect(priceOf(packWith(), { from: '2025-12-01', to: '2026-01-31', quantity: '1' })).toBeNull()
    const steps = [
      { upTo: '2880', above: '0' },
      { upTo: null, above: '0.05' },
    ]
    expect(priceOf(packWith({ tiers: { steps } }), { ...october, quantity: '1' })).toBeNull()
    expect(priceOf([], { ...october, quantity: '1' })).toBeNull()
    expect(priceOf(packWith(), { from: '2026-10-31', to: '2026-10-01', quantity: '1' })).toBeNull()
  })
})

describe('whatever the packs, the days and the use', () => {
  const hundredths = (value: number): string => fromScaled(BigInt(value) * 10_000n)
  const total = (packs: readonly RulePack[], use: Use): number => priceOf(packs, use)?.totalFen ?? Number.NaN

  /** One to three price lists in a row and a period that may meet all of them. */
  function scene(pick: (below: number) => number): { packs: RulePack[]; use: Use } {
    const changes = [dayAt(dayIndex('2026-03-01') + pick(120)), dayAt(dayIndex('2026-08-01') + pick(120))]
    const every = pick(2) === 0 ? ('month' as const) : ('year' as const)
    const prorate = pick(2) === 0 ? ('none' as const) : ('days' as const)
    const packs = [null, ...changes].slice(0, 1 + pick(3)).map((validFrom, index, list) => {
      const next = list[index + 1] ?? null
      const first = 50 + pick(200)
      return packWith({
        validFrom,
        validUntil: next === null ? null : dayAt(dayIndex(next) - 1),
        tiers: {
          every,
          prorate,
          steps: [
            { upTo: String(first), price: hundredths(300 + pick(50)) },
            { upTo: String(first + 1 + pick(200)), price: hundredths(350 + pick(50)) },
            { upTo: null, price: `4.${100 + pick(900)}5` },
          ],
        },
      })
    })
    const from = dayAt(dayIndex('2026-02-01') + pick(200))
    return {
      packs,
      use: {
        from,
        to: dayAt(dayIndex(from) + pick(100)),
        quantity: hundredths(pick(60_000)),
        usedBefore: hundredths(pick(30_000)),
        people: pick(7),
      },
    }
  }

  test('the lines add up to the total and to the use, and more never costs less', () => {
    const pick = seeded(20_261_122)
    for (let round = 0; round < 3000; round++) {
      const { packs, use } = scene(pick)
      const priced = priceOf(packs, use)
      const where = JSON.stringify({ round, use })
      expect([where, priced?.lines.reduce((sum, line) => sum + line.amountFen, 0)]).toEqual([
        where,
        priced?.totalFen,
      ])
      const units = priced?.lines.reduce((sum, line) => sum + (toScaled(line.quantity) ?? 0n), 0n)
      expect([where, fromScaled(units ?? -1n)]).toEqual([where, use.quantity])
      const more = fromScaled((toScaled(use.quantity) ?? 0n) + BigInt(1 + pick(5000)) * 10_000n)
      expect([where, total(packs, { ...use, quantity: more }) >= total(packs, use)]).toEqual([where, true])
    }
  })

  test('a price list that ends on any day and goes on unchanged changes neither the use nor the amount', () => {
    const pick = seeded(7)
    const whole = packWith({ validFrom: null })
    for (let round = 0; round < 300; round++) {
      const cut = dayAt(dayIndex('2026-10-02') + pick(30))
      const packs = [
        packWith({ validFrom: null, validUntil: dayAt(dayIndex(cut) - 1) }),
        packWith({ validFrom: cut }),
      ]
      const use = { ...october, quantity: hundredths(pick(20_000)) }
      const split = priceOf(packs, use)
      const units = split?.lines.reduce((sum, line) => sum + (toScaled(line.quantity) ?? 0n), 0n)
      expect([cut, use.quantity, fromScaled(units ?? -1n)]).toEqual([cut, use.quantity, use.quantity])
      expect([cut, use.quantity, split?.totalFen]).toEqual([cut, use.quantity, total([whole], use)])
    }
  })
})
