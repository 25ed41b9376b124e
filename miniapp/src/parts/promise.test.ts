import type { RequestClock } from '../api/types'
import { leftWords, lengthWords, promiseView } from './promise'

const now = Date.UTC(2026, 10, 22, 7, 0)
const minute = 60_000
const clock = (part: Partial<RequestClock>): RequestClock => ({
  kind: 'arrive',
  state: 'running',
  promise: '最迟 15:40 前到达',
  dueAt: now + 40 * minute,
  warnAt: now + 30 * minute,
  metAt: null,
  pausedBecause: null,
  pausedFor: null,
  limitMinutes: 45,
  ...part,
})

test('a running promise says what was promised and how long there is still time', () =>
  expect(promiseView(clock({}), now + 1_500)).toEqual({
    line: '最迟 15:40 前到达',
    left: '39:58',
    note: null,
    tone: 'accent',
  }))
test('near its end it changes its colour', () =>
  expect(promiseView(clock({}), now + 31 * minute).tone).toBe('warn'))
test('a paused promise does not tick and says why', () => {
  const view = promiseView(clock({ state: 'paused', dueAt: null, pausedBecause: '等配件' }), now)
  expect([view.left, view.note]).toEqual([null, '暂停计时：等配件'])
})
test('a promise that ran out says by how much, even before the server has noticed', () => {
  const view = promiseView(clock({}), now + 52 * minute)
  expect([view.left, view.tone]).toEqual([null, 'bad'])
  expect(view.note).toContain('12 分钟')
})
test('a promise met late does not grow any later', () => {
  const late = clock({ state: 'missed', metAt: now + 100 * minute })
  expect(promiseView(late, now + 5_000 * minute).note).toContain('1 小时')
})
test.each([
  [9_000, '00:09'],
  [65 * minute + 9_000, '1:05:09'],
  [51 * 60 * minute, '2天3小时'],
])('%i ms are written %s', (ms, text) => expect(leftWords(ms)).toBe(text))
test('less than a minute late is said as one minute', () => expect(lengthWords(5_000)).toBe('1 分钟'))
