import { minutesLeft, waitingOf } from './waiting'

const row = { waitingSince: 1_000, amberAt: 31_000, redAt: 61_000 }

test('waiting is green, then amber, then red, from the very moments the server names', () => {
  expect(waitingOf(row, 30_999)).toEqual({ ms: 29_999, tone: 'ok' })
  expect(waitingOf(row, 31_000)?.tone).toBe('warn')
  expect(waitingOf(row, 60_999)?.tone).toBe('warn')
  expect(waitingOf(row, 61_000)?.tone).toBe('bad')
})
test('nobody waits where nothing is owed, and a clock that is behind shows no negative time', () => {
  expect(waitingOf({ ...row, waitingSince: null }, 99_000)).toBeNull()
  expect(waitingOf(row, 0)?.ms).toBe(0)
})
test('minutes are rounded up, so that the last one is not said to be over', () => {
  expect([minutesLeft(60_001, 0), minutesLeft(60_000, 0), minutesLeft(1, 0), minutesLeft(0, 5)]).toEqual([
    2, 1, 1, 0,
  ])
})
