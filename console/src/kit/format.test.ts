import { clockOf, dayOf, exactOf, fromWallClock, timeOf, yuan } from './format'

// 23:30 in UTC is already the next morning in Shanghai.
const late = Date.UTC(2026, 10, 21, 23, 30, 5)

test('days and times are Shanghai’s, whatever zone the computer has', () => {
  expect([dayOf(late), clockOf(late), exactOf(late)]).toEqual(['2026-11-22', '07:30', '2026-11-22 07:30:05'])
})
test('the year stands there only when it is another one', () => {
  expect(timeOf(late, late)).toBe('11-22 07:30')
  expect(timeOf(late, Date.UTC(2027, 5, 1))).toBe('2026-11-22 07:30')
  // New Year’s Eve in UTC is New Year in Shanghai.
  expect(timeOf(Date.UTC(2026, 11, 31, 17), Date.UTC(2027, 0, 2))).toBe('01-01 01:00')
})
test('what a date field says is understood as Shanghai’s wall clock', () => {
  expect(fromWallClock('2026-11-22T07:30:05')).toBe(late)
})
test.each([
  [0, '¥0.00'],
  [5, '¥0.05'],
  [363408, '¥3,634.08'],
  [100_000_000_00, '¥100,000,000.00'],
  [-1250, '-¥12.50'],
])('%d fen reads %s', (fen, text) => {
  expect(yuan(fen)).toBe(text)
})
