import { everyDay, grouped, heightPercent, pageOf, roughYuan, sumOf, yearBefore } from './figures'

test('quantities get thousands separators and keep their decimals', () => {
  expect(['0', '999', '1234', '1234567.125'].map(grouped)).toEqual(['0', '999', '1,234', '1,234,567.125'])
})

test('days that nobody counted stand as unknown between those that were', () => {
  const days = [
    { day: '2026-10-31', quantity: '8' },
    { day: '2026-11-03', quantity: '0' },
  ]
  expect(everyDay(days)).toEqual([
    { day: '2026-10-31', quantity: '8' },
    { day: '2026-11-01', quantity: null },
    { day: '2026-11-02', quantity: null },
    { day: '2026-11-03', quantity: '0' },
  ])
  expect(everyDay([])).toEqual([])
})

test('a chart is paged from the newest; the oldest page may be short', () => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8]
  expect(pageOf(all, 6, 0)).toEqual({ shown: [3, 4, 5, 6, 7, 8], earlier: true })
  expect(pageOf(all, 6, 1)).toEqual({ shown: [1, 2], earlier: false })
  expect(pageOf([], 6, 0)).toEqual({ shown: [], earlier: false })
})

test('a small use is seen, nought is not drawn', () => {
  expect(heightPercent(0, 100)).toBe(0)
  expect(heightPercent(0.1, 1000)).toBe(2)
  expect(heightPercent(50, 100)).toBe(50)
  expect(heightPercent(5, 0)).toBe(0)
})

test('sums are exact to the thousandth, and estimates are whole yuan', () => {
  expect(sumOf(['0.1', '0.2', '12.125'])).toBe('12.425')
  expect(roughYuan(1_234_567)).toBe('12,346')
  expect(yearBefore('2026-10')).toBe('2025-10')
})
