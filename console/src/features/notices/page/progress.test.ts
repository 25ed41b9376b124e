import type { NoticeProgress } from '../../../api/types'
import { endedFor, isRunning, partsOf, percentOf, stoppable, toldOf } from './progress'

const progress: NoticeProgress = {
  version: 1,
  state: 'sending',
  expected: 1000,
  spread: 800,
  waiting: 500,
  sent: 200,
  inboxOnly: 80,
  unknown: 10,
  failed: 5,
  expired: 0,
  cancelled: 0,
  dropped: 5,
  channels: [],
  perSecond: 120.4,
  etaAt: null,
  asOf: 0,
}

test('rows that are not made yet wait, too, and the parts are one whole', () => {
  const parts = partsOf(progress)
  expect(parts.map(({ ending, count }) => [ending, count])).toEqual([
    ['sent', 200],
    ['inboxOnly', 80],
    ['unknown', 10],
    ['failed', 5],
    ['dropped', 5],
    ['waiting', 700],
  ])
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
})
test('a stop says what it would prevent and how many know already', () => {
  expect([stoppable(progress), toldOf(progress)]).toEqual([700, 290])
})
test('a stopped one waits for nothing, and what was stopped is not counted as done', () => {
  const stopped = { ...progress, state: 'stopped' as const, spread: 1000, waiting: 0, cancelled: 700 }
  expect([endedFor(stopped), percentOf(stopped)]).toEqual([300, 30])
  expect(partsOf(stopped).some(({ ending }) => ending === 'waiting')).toBe(false)
})
test('a hundred percent is said only when nothing waits', () => {
  expect(percentOf({ ...progress, spread: 1000, waiting: 1 })).toBe(99)
  expect(percentOf({ ...progress, spread: 1000, waiting: 0 })).toBe(100)
  expect(percentOf({ ...progress, expected: 0, spread: 0, waiting: 0, state: 'spreading' })).toBe(0)
  expect(percentOf({ ...progress, expected: 0, spread: 0, waiting: 0, state: 'done' })).toBe(100)
})
test('more people than expected are all counted', () => {
  expect(percentOf({ ...progress, spread: 1200, waiting: 0 })).toBe(100)
})
test('only what spreads or sends is looked at every second', () => {
  expect(isRunning(progress)).toBe(true)
  expect(isRunning({ ...progress, state: 'done' })).toBe(false)
  expect(isRunning(null)).toBe(false)
})
