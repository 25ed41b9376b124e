import { onSecond } from './ticker'

beforeEach(() => jest.useFakeTimers({ now: 0 }))
afterEach(() => jest.useRealTimers())

test('all countdowns hear the same moment, from one timer', () => {
  const heard: [string, number][] = []
  const stopFirst = onSecond((nowMs) => heard.push(['first', nowMs]))
  jest.advanceTimersByTime(400)
  const stopSecond = onSecond((nowMs) => heard.push(['second', nowMs]))
  expect(jest.getTimerCount()).toBe(1)
  jest.advanceTimersByTime(1_600)
  expect(heard).toEqual([
    ['first', 1_000],
    ['second', 1_000],
    ['first', 2_000],
    ['second', 2_000],
  ])
  stopFirst()
  stopSecond()
})
test('nothing runs once nobody listens, and it begins again for the next', () => {
  const stop = onSecond(() => undefined)
  stop()
  stop()
  expect(jest.getTimerCount()).toBe(0)
  let beats = 0
  const stopAgain = onSecond(() => {
    beats += 1
    // Whoever leaves in the middle of a beat disturbs nobody.
    stopAgain()
  })
  jest.advanceTimersByTime(3_000)
  expect([beats, jest.getTimerCount()]).toEqual([1, 0])
})
