import {
  ahead,
  asOf,
  calendarDay,
  due,
  fullMoment,
  inFours,
  moment,
  money,
  period,
  span,
  yuan,
} from './format'
import { speakIn } from './language/spoken'

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

describe('in English', () => {
  beforeAll(() => speakIn('en'))
  afterAll(() => speakIn('zh'))
  test('days are named as English does', () => {
    expect(asOf(now, now)).toBe('as of today 09:20')
    expect(moment(now - 10 * hour, now)).toBe('yesterday 23:20')
    expect(ahead(now + 24 * hour, now)).toBe('tomorrow 09:20')
    expect(moment(Date.UTC(2026, 10, 20, 6, 0), now)).toBe('Nov 20, 14:00')
    expect(moment(Date.UTC(2025, 10, 20, 6, 0), now)).toBe('Nov 20, 2025, 14:00')
    expect(fullMoment(now)).toBe('Nov 22, 2026, 09:20')
    expect(calendarDay('2026-11-24', now)).toBe('Nov 24')
    expect(calendarDay('2027-01-05', now)).toBe('Jan 5, 2027')
  })
  test('a span names its day once', () => {
    expect(span(now, now + 4 * hour, now)).toBe('today 09:20–13:20')
    expect(span(now, null, now)).toBe('from today 09:20')
  })
  test('a day to pay by, and a day that is over', () => {
    expect(due('2026-11-30', now).text).toBe('due Nov 30')
    expect(due('2026-11-22', now).text).toBe('due today')
    expect(due('2026-11-21', now).text).toBe('1 day overdue')
    expect(due('2026-11-19', now).text).toBe('3 days overdue')
  })
  test('months and heating seasons', () => {
    expect(period('2026-10')).toBe('Oct 2026')
    expect(period('2026-2027')).toBe('season 2026-2027')
  })
})
