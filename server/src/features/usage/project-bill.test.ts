import { judgeAlert } from './judge-alert'
import type { MonthUsage } from './month-usage'
import { addDays, addMonths, monthAfter } from './periods'
import { projectBill } from './project-bill'
import { POWER_TIERS, priceByTiers, tierFacts } from './usage.fixture'

const TODAY = '2026-11-22'
const price = (milli: number): number => priceByTiers(POWER_TIERS, milli)

function month(period: string, usedMilli: number, readOn: string | null = null): MonthUsage {
  const facts = tierFacts(usedMilli, { readOn: readOn ?? '2026-01-01' })
  return {
    billId: period,
    period,
    lateFeeFen: 0,
    feeFen: facts.feeFen,
    amountFen: facts.feeFen,
    quantityMilli: usedMilli,
    readingMilli: 5_000_000,
    readOn,
    days: 30,
    estimated: false,
    tiers: facts.tiers,
    asOf: 0,
  }
}

const days = (from: string, quantities: readonly (number | null)[]) =>
  quantities.flatMap((quantityMilli, index) =>
    quantityMilli === null ? [] : [{ day: addDays(from, index), quantityMilli }],
  )
const even = (count: number, milli: number): number[] => Array.from({ length: count }, () => milli)

/** From the month before on backwards, oldest first. */
const past = (quantities: readonly number[], last = '2026-10'): MonthUsage[] =>
  quantities.map((milli, index) => month(addMonths(last, index - quantities.length + 1), milli))

test('what was counted so far and the recent days make the range of the bill that is coming', () => {
  const counted = days('2026-10-25', even(28, 6_000))
  const projection = projectBill([month('2026-10', 190_000, '2026-10-31')], counted, TODAY)
  // 1 to 21 November counted, 9 days to come, each like the others.
  expect(projection).toMatchObject({
    kind: 'range',
    by: 'days',
    period: '2026-11',
    lowMilli: 180_000,
    middleMilli: 180_000,
    highMilli: 180_000,
    soFar: { quantityMilli: 126_000, until: '2026-11-21', missing: 0 },
  })
})

test('days that swing make the range wide; its middle lies within', () => {
  const swinging = Array.from({ length: 28 }, (_, index) => (index % 2 === 0 ? 2_000 : 12_000))
  const projection = projectBill(
    [month('2026-10', 190_000, '2026-10-31')],
    days('2026-10-25', swinging),
    TODAY,
  )
  if (projection.kind === 'none') throw new Error(projection.reason)
  expect(projection.lowMilli).toBeLessThan(projection.middleMilli)
  expect(projection.highMilli).toBeGreaterThan(projection.middleMilli)
  expect(projection.method).toContain('按最近 20 天里有数据的 20 天估算')
})

test('a day that is missing is not counted as nought, and is said', () => {
  const holes = Array.from({ length: 28 }, (_, index) => (index % 5 === 4 ? null : 6_000))
  const projection = projectBill([month('2026-10', 1, '2026-10-31')], days('2026-10-25', holes), TODAY)
  expect(projection).toMatchObject({ middleMilli: 180_000, soFar: { missing: 4 } })
})

test.each([
  ['too few of the recent days are known', days('2026-11-15', even(7, 6_000))],
  ['the newest figure is old', days('2026-10-20', even(27, 6_000))],
  ['there are no days', []],
])('%s: the trend against last year is used instead', (_why, counted) => {
  const months = past([...even(12, 100_000), ...even(11, 120_000)])
  const projection = projectBill(months, counted, TODAY)
  expect(projection).toMatchObject({ by: 'trend', period: '2026-11', middleMilli: 120_000 })
  expect(projection).toMatchObject({ method: expect.stringContaining('去年同月（2025年11月）') })
})

test.each([
  ['no bill at all', [], '还没有账单'],
  ['no month of last year', past(even(6, 100_000)), '2025年11月'],
  [
    'too few months to compare',
    [month('2025-11', 100_000), month('2026-10', 100_000)],
    '能和去年比的月份也太少',
  ],
  [
    'use that jumps',
    past([...even(12, 100_000), ...even(7, 100_000), 900_000, 800_000, 100_000, 20_000, 10_000]),
    '忽高忽低',
  ],
])('%s: nothing is projected, and it is said why', (_why, months, reason) => {
  expect(projectBill(months, [], TODAY)).toEqual({ kind: 'none', reason: expect.stringContaining(reason) })
})

test('a bill long ago says nothing of the next one', () => {
  const old = [month('2026-05', 100_000, '2026-05-31')]
  expect(projectBill(old, [], TODAY)).toMatchObject({ kind: 'none', reason: expect.stringContaining('太早') })
})

test('a month after the last of January is the last of February', () => {
  expect(monthAfter('2026-01-31')).toBe('2026-02-28')
  expect(monthAfter('2026-10-31')).toBe('2026-11-30')
  expect(monthAfter('2026-12-05')).toBe('2027-01-05')
})

test('a reading that was reported for the month is what its bill goes by', () => {
  const last = [month('2026-10', 190_000, '2026-10-31')]
  const reported = { period: '2026-11', day: '2026-11-15', readingMilli: 5_100_000 }
  expect(projectBill(last, days('2026-10-25', even(28, 6_000)), TODAY, reported)).toMatchObject({
    by: 'reading',
    lowMilli: 100_000,
    highMilli: 100_000,
    method: expect.stringContaining('按您11月15日报的数'),
  })
  // One of another month, or below what is billed already, says nothing of this one.
  for (const other of [
    { ...reported, period: '2026-10' },
    { ...reported, readingMilli: 4_000_000 },
  ])
    expect(projectBill(last, days('2026-10-25', even(28, 6_000)), TODAY, other)).toMatchObject({ by: 'days' })
})

describe('a bill that will be high', () => {
  const rule = { sharePercent: 30, moreFen: 5000 }
  const at = (daily: number, lastYear: number) => {
    const months = [month('2025-11', lastYear), month('2026-10', 190_000, '2026-10-31')]
    const projection = projectBill(months, days('2026-10-25', even(28, daily)), TODAY)
    return judgeAlert({ months, projection, price }, rule)
  }

  test('is told when it is higher by the share and by the amount', () => {
    // 300 kWh is 181.40; 150 kWh was 88.20.
    expect(at(10_000, 150_000)).toEqual({
      period: '2026-11',
      lowFen: 18_140,
      highFen: 18_140,
      lastYearFen: 8_820,
    })
  })
  test.each([
    ['the amount is small, however large the share', 3_000, 30_000],
    ['the share is small, however large the amount', 40_000, 1_000_000],
    ['nothing is higher', 5_000, 150_000],
  ])('is not told when %s', (_why, daily, lastYear) => {
    expect(at(daily, lastYear)).toBeNull()
  })
  test('is never told by a trend, nor without the same month of last year', () => {
    const months = past([...even(12, 100_000), ...even(11, 290_000)])
    const projection = projectBill(months, [], TODAY)
    expect(projection).toMatchObject({ by: 'trend' })
    expect(judgeAlert({ months, projection, price }, rule)).toBeNull()
    const byDays = projectBill(
      [month('2026-10', 1, '2026-10-31')],
      days('2026-10-25', even(28, 20_000)),
      TODAY,
    )
    expect(byDays.kind).toBe('range')
    expect(judgeAlert({ months: [], projection: byDays, price }, rule)).toBeNull()
  })
})
