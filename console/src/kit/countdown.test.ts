import { spanOf, standingOf } from './countdown'

const now = 1_800_000_000_000
const running = (dueInMs: number, warnInMs: number) => ({
  state: 'running',
  dueAt: now + dueInMs,
  warnAt: now + warnInMs,
})

test('green before the warning, amber after it, red from the due moment on', () => {
  expect(standingOf(running(60_000, 10_000), now)).toEqual({ tone: 'ok', kind: 'left', ms: 60_000 })
  expect(standingOf(running(60_000, 0), now)).toMatchObject({ tone: 'warn', kind: 'left' })
  expect(standingOf(running(0, -10_000), now)).toEqual({ tone: 'bad', kind: 'late', ms: 0 })
  expect(standingOf(running(-90_000, -95_000), now)).toEqual({ tone: 'bad', kind: 'late', ms: 90_000 })
})
test('a paused clock does not count, whatever its due moment says', () => {
  expect(standingOf({ state: 'paused', dueAt: now - 1, warnAt: null }, now).kind).toBe('paused')
})
test('a missed promise counts on until it is made good or given up', () => {
  const missed = { state: 'missed', dueAt: now - 60_000, warnAt: null }
  expect(standingOf(missed, now)).toEqual({ tone: 'bad', kind: 'late', ms: 60_000 })
  expect(standingOf({ ...missed, metAt: now - 1 }, now).kind).toBe('missed')
})
test('met, missed, void and none are told apart', () => {
  const kinds = ['met', 'missed', 'void'].map(
    (state) => standingOf({ state, dueAt: null, warnAt: null }, now).kind,
  )
  expect([...kinds, standingOf(null, now).kind]).toEqual(['met', 'missed', 'none', 'none'])
})
test.each([
  [0, '00:00'],
  [125_000, '02:05'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [86_399_000, '23:59:59'],
])('%d ms reads %s', (ms, text) => {
  expect(spanOf(ms).text).toBe(text)
})
test('from a day on, days and hours are said in words', () => {
  expect(spanOf(26.5 * 3_600_000)).toEqual({ days: 1, hours: 2, text: '' })
})
