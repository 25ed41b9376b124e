import { explainMonths, explainSeasons, type Part } from './explain-difference'
import type { MonthUsage, SeasonUsage } from './month-usage'
import { shareOutExactly } from './share-out-exactly'
import { POWER_TIERS, tierFacts } from './usage.fixture'

const month = (usedMilli: number, over: Partial<MonthUsage> = {}, tiers = POWER_TIERS): MonthUsage => {
  const facts = tierFacts(usedMilli, { readOn: '2026-10-31' }, tiers)
  const lateFeeFen = over.lateFeeFen ?? 0
  return {
    billId: 'b',
    period: '2026-10',
    lateFeeFen,
    feeFen: facts.feeFen,
    amountFen: facts.feeFen + lateFeeFen,
    quantityMilli: usedMilli,
    readingMilli: 5_000_000,
    readOn: facts.readOn,
    days: 31,
    estimated: false,
    tiers: facts.tiers,
    asOf: 0,
    ...over,
  }
}

const alone = (one: MonthUsage) => ({ month: one, before: null })
const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, { amountFen }) => sum + amountFen, 0)
const asRecord = (parts: readonly Part[]) =>
  Object.fromEntries(parts.map(({ kind, amountFen }) => [kind, amountFen]))

test('the same use a day over more days is days and nothing else', () => {
  const parts = explainMonths(alone(month(62_000, { days: 31 })), alone(month(60_000, { days: 30 })))
  expect(asRecord(parts)).toEqual({ days: 118 })
})

test('more a day over as many days is quantity; what a dearer tier adds is said by itself', () => {
  // 180 kWh at 0.588 = 105.84; 260 kWh = 200 × 0.588 + 60 × 0.638 = 155.88.
  const parts = explainMonths(alone(month(260_000)), alone(month(180_000)))
  expect(asRecord(parts)).toEqual({ quantity: 4704, tier: 300 })
  expect(sumOf(parts)).toBe(15_588 - 10_584)
})

test('a new price is price, at what is used now', () => {
  const dearer = POWER_TIERS.map((tier) => ({ ...tier, price: (Number(tier.price) + 0.1).toFixed(3) }))
  const parts = explainMonths(alone(month(100_000, {}, dearer)), alone(month(100_000)))
  expect(asRecord(parts)).toEqual({ price: 1000 })
})

test('a late fee is a late fee', () => {
  const parts = explainMonths(alone(month(100_000, { lateFeeFen: 250 })), alone(month(100_000)))
  expect(asRecord(parts)).toEqual({ lateFee: 250 })
})

test('what an estimate had missed is made up for, and not said to be used now', () => {
  // Estimated 60 for a month that used 100: the next reading shows 140 for a month that used 100, too.
  const estimate = month(60_000, { period: '2026-09', days: 30, estimated: true })
  const real = { month: month(140_000, { days: 30 }), before: estimate }
  const parts = explainMonths(real, alone(estimate))
  expect(asRecord(parts)).toEqual({ quantity: 2352, correction: 2352 })
  const lastYear = month(100_000, { days: 30 })
  expect(asRecord(explainMonths(real, alone(lastYear)))).toEqual({ correction: 2352 })
})

test('days that are not known count as use, and nothing is made up', () => {
  const parts = explainMonths(alone(month(62_000, { days: null })), alone(month(60_000, { days: 30 })))
  expect(asRecord(parts)).toEqual({ quantity: 118 })
})

/** Numbers of a fixed sequence, so that a fault found once is found again. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

test('the parts of any two bills sum exactly to their difference (5,000 pairs)', () => {
  const next = sequence(20261122)
  const price = (): string => `${next(2)}.${String(next(10_000)).padStart(4, '0')}`
  const randomTiers = () => [
    { price: price(), upTo: 1 + next(300) },
    { price: price(), upTo: 301 + next(300) },
    { price: price(), upTo: null },
  ]
  const some = (tiers: ReturnType<typeof randomTiers>): MonthUsage => {
    const lateFeeFen = next(3) === 0 ? next(5000) : 0
    const used = next(900_000)
    const days = next(8) === 0 ? null : 20 + next(40)
    const one = month(used, { lateFeeFen, days, estimated: next(5) === 0 }, tiers)
    // A company's own sum may be anything; what is not explained is still said.
    return next(10) === 0 ? { ...one, amountFen: one.amountFen + next(900) - 450 } : one
  }
  let [tiersMoved, corrected] = [0, 0]
  for (let pair = 0; pair < 5000; pair++) {
    const tiers = randomTiers()
    const [then, before] = [some(tiers), some(tiers)]
    const now = some(next(3) === 0 ? randomTiers() : tiers)
    const parts = explainMonths({ month: now, before }, { month: then, before: null })
    if (sumOf(parts) !== now.amountFen - then.amountFen)
      throw new Error(`pair ${pair}: ${JSON.stringify([parts, now, then])}`)
    if (parts.some(({ kind }) => kind === 'tier')) tiersMoved += 1
    if (parts.some(({ kind }) => kind === 'correction')) corrected += 1
  }
  expect(tiersMoved).toBeGreaterThan(1000)
  expect(corrected).toBeGreaterThan(200)
})

test('rounding is given to whom it was taken from, and what is no rounding is other', () => {
  const half = 5_000_000_000n
  const terms = [
    ['a', half],
    ['b', half],
  ] as const
  expect(shareOutExactly(terms, 1)).toEqual([
    { kind: 'a', amountFen: 1 },
    { kind: 'b', amountFen: 0 },
  ])
  expect(shareOutExactly(terms, 77)).toContainEqual({ kind: 'other', amountFen: 77 })
})

test('a heating season differs by area, price, a stopped supply and what was let off, exactly', () => {
  const season = (over: Partial<SeasonUsage['facts']>): SeasonUsage => {
    const facts = {
      basis: 'area' as const,
      area: '100',
      price: '25.00',
      supplyState: '正常用热',
      share: null,
      grossFen: 250_000,
      reductionFen: 0,
      receivedFen: 0,
      lateFeeFen: 0,
      ...over,
    }
    const amountFen = facts.grossFen - facts.reductionFen - facts.receivedFen + facts.lateFeeFen
    return { billId: 'b', period: '2026-2027', amountFen, facts, asOf: 0 }
  }
  const now = season({ area: '110', price: '26.00', share: '0.15', grossFen: 42_900, lateFeeFen: 120 })
  const then = season({ reductionFen: 5000 })
  const parts = explainSeasons(now, then)
  expect(asRecord(parts)).toEqual({
    area: 25_000,
    price: 11_000,
    share: -243_100,
    reduction: 5000,
    lateFee: 120,
  })
  expect(sumOf(parts)).toBe(now.amountFen - then.amountFen)
})
