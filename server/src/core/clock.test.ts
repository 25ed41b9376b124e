import {
  parseShanghaiDateTime,
  shanghaiDateTime,
  shanghaiDay,
  shanghaiDayStart,
  shanghaiRfc3339,
} from './clock'

describe('Shanghai time at the edge', () => {
  test('a payment in the last tenth of a second belongs to its own day, the next one to the next (F43)', () => {
    const midnight = Date.UTC(2026, 10, 22, 16, 0, 0)
    expect(shanghaiDay(midnight - 100)).toBe('2026-11-22')
    expect(shanghaiDay(midnight + 100)).toBe('2026-11-23')
  })
  test('no day of the year has 23 or 25 hours, also where New York changes its clocks (F43)', () => {
    for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
      const start = shanghaiDayStart(shanghaiDay(day))
      expect(shanghaiDayStart(shanghaiDay(start + 86_400_000)) - start).toBe(86_400_000)
    }
  })
  test('reads what it writes, and milliseconds as Alipay adds them', () => {
    const at = Date.UTC(2026, 10, 22, 7, 2, 9)
    expect(shanghaiDateTime(at)).toBe('2026-11-22 15:02:09')
    expect(shanghaiRfc3339(at)).toBe('2026-11-22T15:02:09+08:00')
    expect(parseShanghaiDateTime('2026-11-22 15:02:09')).toBe(at)
    expect(parseShanghaiDateTime('2026-11-22 15:02:09.631')).toBe(at)
  })
  test.each(['', '2026-11-22', '2026-11-22T15:02:09', '22/11/2026 15:02:09'])('%p is not a time', (text) => {
    expect(parseShanghaiDateTime(text)).toBeNaN()
  })
})
