import { packWith, yearly } from './packs.fixture'
import { progressWords } from './progress-words'
import { tierProgress } from './tier-progress'

test('87 m³ of a month leave 23 before 5.12 yuan', () => {
  expect(tierProgress(packWith(), { on: '2026-10-20', used: '87' })).toEqual({
    every: 'month',
    from: '2026-10-01',
    to: '2026-10-31',
    season: null,
    tier: 2,
    used: '87',
    untilNext: '23',
    price: '3.92',
    nextPrice: '5.12',
    including: [],
    bounds: ['50', '110'],
  })
})

test('the price of a unit is with what is collected besides, and that is named', () => {
  const charges = [{ name: '污水处理费', price: '1.36', words: '随水费代收' }]
  const progress = tierProgress(packWith({ values: { charges } }), { on: '2026-10-20', used: '87' })
  expect(progress).toMatchObject({ price: '5.28', nextPrice: '6.48', including: ['污水处理费'] })
  expect(progress && progressWords(progress, 'm³')).toBe(
    '本阶梯还剩 23 m³，下一档 6.48 元/m³（含污水处理费）',
  )
})

test.each<[string, number, string | null, string | null]>([
  ['0', 1, '50', '3.92'],
  ['50', 1, '0', '3.92'],
  ['50.5', 2, '59.5', '5.12'],
  ['110', 2, '0', '5.12'],
  ['400', 3, null, null],
])('at %s it is tier %s', (used, tier, untilNext, nextPrice) => {
  expect(tierProgress(packWith(), { on: '2026-10-20', used })).toMatchObject({ tier, untilNext, nextPrice })
})

test('a year counts the year, for five people with more, for who moved in with the share that is left', () => {
  const people = { above: 4, addPerPerson: '60' }
  const on = '2026-10-31'
  expect(tierProgress(yearly(), { on, used: '390' })).toMatchObject({
    every: 'year',
    from: '2026-01-01',
    to: '2026-12-31',
    untilNext: '10',
  })
  expect(tierProgress(yearly({ tiers: { people } }), { on, used: '390', people: 5 })).toMatchObject({
    untilNext: '70',
    bounds: ['460', '1740'],
  })
  const moved = { on, used: '150', since: '2026-07-15' }
  expect(tierProgress(yearly({ tiers: { prorate: 'months' } }), moved)).toMatchObject({ untilNext: '50' })
})

test('differences without a base have tiers but no prices; no list on that day has neither', () => {
  const steps = [
    { upTo: '2880', above: '0' },
    { upTo: null, above: '0.05' },
  ]
  expect(tierProgress(packWith({ tiers: { steps } }), { on: '2026-10-20', used: '1' })).toMatchObject({
    tier: 1,
    untilNext: '2879',
    price: null,
    nextPrice: null,
  })
  expect(tierProgress(packWith(), { on: '2025-10-20', used: '1' })).toBeNull()
})
