import { lateFee, lateFeeWords } from './late-fee'
import { packWith } from './packs.fixture'
import type { LateFeeRule } from './rule-pack'

const rule = (change: Partial<LateFeeRule>): LateFeeRule => {
  const made = packWith({ values: { lateFee: { perMilleDay: '0.5', from: 'after-due', ...change } } }).values
    .lateFee
  if (made === undefined) throw new Error('no rule')
  return made
}
const late = (change: Partial<LateFeeRule>, over: Partial<Parameters<typeof lateFee>[1]> = {}) =>
  lateFee(rule(change), {
    principalFen: 34_100,
    dueOn: '2026-11-10',
    period: '2026-10',
    today: '2026-11-22',
    ...over,
  })

test('the sum is said so that a resident can do it again', () => {
  expect(late({})).toEqual({
    amountFen: 205,
    days: 12,
    from: '2026-11-11',
    words: '欠费 341.00 元 × 0.05%/天 × 12 天 = 2.05 元，不超过本金',
  })
})

test.each<[string, Partial<LateFeeRule>, Partial<Parameters<typeof lateFee>[1]>, number | null, string]>([
  ['on the due day nothing is late', {}, { today: '2026-11-10' }, null, ''],
  ['the day after costs one day', {}, { today: '2026-11-11' }, 17, '× 1 天 = 0.17 元'],
  ['a due day that nobody said', {}, { dueOn: null }, null, ''],
  ['nothing owed', {}, { principalFen: 0 }, null, ''],
  [
    'a season begins on its own day',
    { from: '11-01' },
    { dueOn: null, period: '2026-2027', today: '2026-11-12' },
    205,
    '× 12 天',
  ],
  [
    'at least a yuan',
    { perMilleDay: '1', min: '1.00' },
    { principalFen: 5000, today: '2026-11-12' },
    100,
    '= 0.10 元，不足 1.00 元按 1.00 元',
  ],
  [
    'at least a yuan, but never more than is owed',
    { perMilleDay: '1', min: '1.00' },
    { principalFen: 60 },
    60,
    '不超过本金',
  ],
  [
    'never above what is owed',
    { perMilleDay: '3' },
    { today: '2028-11-22' },
    34_100,
    '不超过本金，按 341.00 元',
  ],
  [
    'never above its share',
    { perMilleDay: '3', capShare: '0.3' },
    { today: '2028-11-22' },
    10_230,
    '不超过本金的 30%，按 102.30 元',
  ],
  ['half a fen rounds up', { perMilleDay: '1' }, { principalFen: 500, today: '2026-11-11' }, 1, '= 0.01 元'],
])('%s', (_, change, over, amountFen, words) => {
  const fee = late(change, over)
  expect(fee?.amountFen ?? null).toBe(amountFen)
  expect(fee?.words ?? '').toContain(words)
})

test('a due day without work moves on where the rule says so', () => {
  const isWorkday = (day: string): boolean => !['2026-11-14', '2026-11-15'].includes(day)
  const over = { dueOn: '2026-11-14', isWorkday }
  expect(late({ dayOff: 'next-working' }, over)).toMatchObject({ from: '2026-11-17', days: 6 })
  expect(late({}, over)).toMatchObject({ from: '2026-11-15', days: 8 })
  expect(late({ dayOff: 'next-working' }, { ...over, isWorkday: () => false })).toBeNull()
})

test('the rule in a sentence', () => {
  expect(lateFeeWords(rule({ from: '11-01' }))).toBe('11月1日起，每天按欠费的 0.05% 收违约金，不超过本金')
  expect(lateFeeWords(rule({ perMilleDay: '1', min: '1.00' }))).toBe(
    '过了缴费截止日，每天按欠费的 0.1% 收违约金，最少 1 元，不超过本金',
  )
  expect(lateFeeWords(rule({ dayOff: 'next-working', capShare: '0.3' }))).toContain('顺延到下一个工作日')
})
