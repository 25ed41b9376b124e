import { yearly } from './packs.fixture'
import { priceOf, type Use } from './price-of'
import type { RulePack } from './rule-pack'

const october = { from: '2026-10-01', to: '2026-10-31' }

describe('what is collected with each unit besides', () => {
  const sewage = { name: '污水处理费', price: '1.36', words: '随水费代收' }
  const charged = (
    price = '1.36',
    change: { validFrom?: string; validUntil?: string; estimate?: { price: string; words: string } } = {},
  ) => {
    const { estimate, ...span } = change
    const values = { charges: [{ ...sewage, price }], ...(estimate ? { estimate } : {}) }
    return yearly({ ...span, values })
  }
  const lines = (packs: RulePack | RulePack[], use: Use) =>
    priceOf(packs, use)?.lines.map(({ tier, charge, quantity, unitPrice, amountFen }) => [
      charge ?? tier,
      quantity,
      unitPrice,
      amountFen,
    ])

  test.each<[string, string, unknown[][], number, string]>([
    [
      '0',
      '0',
      [
        [1, '0', '2.99', 0],
        ['污水处理费', '0', '1.36', 0],
      ],
      0,
      '4.35',
    ],
    [
      '0',
      '15',
      [
        [1, '15', '2.99', 4485],
        ['污水处理费', '15', '1.36', 2040],
      ],
      6525,
      '4.35',
    ],
    // Across a break of the tiers the charge is one line, whatever the tier.
    [
      '395',
      '10',
      [
        [1, '5', '2.99', 1495],
        [2, '5', '3.44', 1720],
        ['污水处理费', '10', '1.36', 1360],
      ],
      4575,
      '4.8',
    ],
    // 0.5 × 2.99 and 0.5 × 1.36 are rounded each by itself, as the bill has them.
    [
      '0',
      '0.5',
      [
        [1, '0.5', '2.99', 150],
        ['污水处理费', '0.5', '1.36', 68],
      ],
      218,
      '4.35',
    ],
  ])(
    'with %s used before, %s units are priced line by line',
    (usedBefore, quantity, want, totalFen, next) => {
      const priced = priceOf(charged(), { ...october, usedBefore, quantity })
      expect(lines(charged(), { ...october, usedBefore, quantity })).toEqual(want)
      expect(priced).toMatchObject({ totalFen, marginalPrice: next })
    },
  )

  test('a charge that changes within the period is shared out by days, like the price', () => {
    const packs = [
      charged('1.36', { validUntil: '2026-10-15' }),
      charged('1.40', { validFrom: '2026-10-16' }),
    ]
    const told = lines(packs, { ...october, quantity: '31' })
    expect(told?.filter(([name]) => name === '污水处理费')).toEqual([
      ['污水处理费', '15', '1.36', 2040],
      ['污水处理费', '16', '1.40', 2240],
    ])
  })

  test('the count of the year begins anew, the charge does not', () => {
    const use = { from: '2026-12-17', to: '2027-01-15', usedBefore: '399', quantity: '30' }
    expect(lines(charged(), use)).toEqual([
      [1, '1', '2.99', 299],
      [2, '14', '3.44', 4816],
      [1, '15', '2.99', 4485],
      ['污水处理费', '15', '1.36', 2040],
      ['污水处理费', '15', '1.36', 2040],
    ])
  })

  test('an estimate at a flat price pays it, too', () => {
    const flat = charged('1.36', { estimate: { price: '3.5', words: '估抄统一价' } })
    expect(lines(flat, { ...october, quantity: '10', estimated: true })).toEqual([
      [null, '10', '3.5', 3500],
      ['污水处理费', '10', '1.36', 1360],
    ])
  })
})
