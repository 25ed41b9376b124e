import { daysOf, shanghaiToday } from './spans'

test('named spans are whole months and years, up to today', () => {
  const today = '2026-03-09'
  expect(daysOf('month', today)).toEqual({ from: '2026-03-01', to: today })
  expect(daysOf('lastMonth', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(daysOf('half', today)).toEqual({ from: '2025-10-01', to: today })
  expect(daysOf('year', today)).toEqual({ from: '2026-01-01', to: today })
  expect(daysOf('lastYear', today)).toEqual({ from: '2025-01-01', to: '2025-12-31' })
})

test('the month before January is December, and February has its leap day', () => {
  expect(daysOf('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(daysOf('lastMonth', '2028-03-01')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})

test('today is Shanghai’s, also late at night in Greenwich', () => {
  expect(shanghaiToday(Date.UTC(2026, 10, 22, 17))).toBe('2026-11-23')
})
