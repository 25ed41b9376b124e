import { asOf, calendarDay, due, fullMoment, inFours, moment, money, period, yuan } from './format'

// 2026-11-22 09:20 in Shanghai.
const now = Date.UTC(2026, 10, 22, 1, 20)
const hour = 3_600_000

describe('money', () => {
  test.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [99, '¥0.99'],
    [100, '¥1.00'],
    [363408, '¥3,634.08'],
    [100000000000, '¥1,000,000,000.00'],
    [-1200, '-¥12.00'],
  ])('%i fen reads %s', (fen, text) => expect(money(fen)).toBe(text))
  test('an amount without the currency keeps its sign', () => expect(yuan(-123456)).toBe('-1,234.56'))
})

describe('times', () => {
  test('today shows the clock', () => expect(asOf(now, now)).toBe('截至今天 09:20'))
  test('the day before is yesterday even a few hours ago', () =>
    expect(moment(now - 10 * hour, now)).toBe('昨天 23:20'))
  test('after midnight in Shanghai it is today although UTC has not turned', () =>
    expect(moment(Date.UTC(2026, 10, 21, 16, 30), now)).toBe('今天 00:30'))
  test('another year is named', () =>
    expect(moment(Date.UTC(2025, 10, 20, 6, 0), now)).toBe('2025年11月20日 14:00'))
  test('a kept time is complete', () => expect(fullMoment(now)).toBe('2026年11月22日 09:20'))
  test('a day of next year names its year', () => expect(calendarDay('2027-01-05', now)).toBe('2027年1月5日'))
})

describe('due dates', () => {
  test('a coming day is a day before which to pay', () =>
    expect(due('2026-11-30', now)).toEqual({ text: '11月30日前', late: false }))
  test('the day itself is still in time', () =>
    expect(due('2026-11-22', now)).toEqual({ text: '今天截止', late: false }))
  test('a day that is over counts the days', () =>
    expect(due('2026-11-20', now)).toEqual({ text: '已过期 2 天', late: true }))
})

test('periods are read as months or seasons', () => {
  expect(period('2026-10')).toBe('2026年10月')
  expect(period('2026-2027')).toBe('2026-2027 采暖季')
  expect(period('首次')).toBe('首次')
})
test('long numbers are set in fours', () => expect(inFours('210000037002')).toBe('2100 0003 7002'))
