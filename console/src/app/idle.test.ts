import { idleState, mustTellServer, warnBeforeMs } from './idle'

const idle = 30 * 60_000

test('a person is warned a minute before the session ends, and then it ends', () => {
  expect(idleState(0, idle - warnBeforeMs - 1, idle)).toEqual({ kind: 'here' })
  expect(idleState(0, idle - 30_000, idle)).toEqual({ kind: 'warn', seconds: 30 })
  expect(idleState(0, idle, idle)).toEqual({ kind: 'gone' })
})
test('the server hears of somebody who only writes, and of nobody who has left', () => {
  expect(mustTellServer(400_000, 0, 401_000, idle)).toBe(true)
  expect(mustTellServer(100_000, 0, 101_000, idle)).toBe(false)
  expect(mustTellServer(0, 10_000, 900_000, idle)).toBe(false)
})
