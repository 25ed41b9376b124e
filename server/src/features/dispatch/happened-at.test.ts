import { happenedAt, OLDEST_REPORT_MS } from './happened-at'

const NOW = Date.UTC(2026, 10, 22, 6, 0)
const MINUTE = 60_000
const at = (reportedAt: number, notBefore = NOW - OLDEST_REPORT_MS * 2) =>
  happenedAt(reportedAt, { now: NOW, notBefore })

test('an arrival reported an hour later counts from when it was, and says that it came late', () => {
  expect(at(NOW - 60 * MINUTE)).toEqual({ at: NOW - 60 * MINUTE, offline: true, refused: null })
})

test('one reported at once is not called offline', () => {
  expect(at(NOW - 20_000)).toEqual({ at: NOW - 20_000, offline: false, refused: null })
})

test('a telephone that is ahead gains nothing', () => {
  expect(at(NOW + 5 * MINUTE)).toEqual({ at: NOW, offline: false, refused: 'in-the-future' })
})

test('nobody arrives before they set out', () => {
  expect(at(NOW - 30 * MINUTE, NOW - 10 * MINUTE)).toEqual({
    at: NOW,
    offline: true,
    refused: 'before-the-step-before',
  })
  expect(at(NOW - 10 * MINUTE, NOW - 10 * MINUTE).refused).toBeNull()
})

test('twelve hours are believed, a millisecond more is not', () => {
  expect(at(NOW - OLDEST_REPORT_MS).at).toBe(NOW - OLDEST_REPORT_MS)
  expect(at(NOW - OLDEST_REPORT_MS - 1)).toEqual({ at: NOW, offline: true, refused: 'too-old' })
})
