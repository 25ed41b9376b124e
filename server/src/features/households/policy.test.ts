import { countWrong, isLocked, takeCode, takeTry } from './policy'

const NOW = Date.UTC(2026, 10, 22, 2)
const guard = {
  accountIndex: 'a',
  wrongDay: '',
  wrongCount: 0,
  lockedUntil: null,
  codeDay: '',
  codeCount: 0,
  codeSentAt: null,
}

test('tries are counted by the day and end with it', () => {
  const holder = { residentId: 'r', triesDay: '2026-11-22', tries: 4 }
  expect(takeTry(holder, NOW, 5)).toMatchObject({ tries: 5 })
  expect(takeTry({ ...holder, tries: 5 }, NOW, 5)).toBeNull()
  expect(takeTry({ ...holder, triesDay: '2026-11-21', tries: 5 }, NOW, 5)).toMatchObject({
    triesDay: '2026-11-22',
    tries: 1,
  })
})

test('the third wrong proof of a day starts the lock, two on either side of midnight do not', () => {
  const limits = { wrongPerDay: 3, lockMs: 86_400_000 }
  const twice = countWrong(countWrong(guard, NOW, limits), NOW, limits)
  expect(isLocked(twice, NOW)).toBe(false)
  const thrice = countWrong(twice, NOW, limits)
  expect(isLocked(thrice, NOW + 86_400_000 - 1)).toBe(true)
  expect(isLocked(thrice, NOW + 86_400_000)).toBe(false)
  expect(countWrong(twice, NOW + 86_400_000, limits)).toMatchObject({ wrongCount: 1, lockedUntil: null })
})

test('codes keep their distance and their number', () => {
  const limits = { perDay: 2, gapMs: 60_000 }
  const first = takeCode(guard, NOW, limits)
  if (!('guard' in first)) throw new Error('the first code is free')
  expect(takeCode(first.guard, NOW + 59_000, limits)).toEqual({ waitMs: 1000 })
  const second = takeCode(first.guard, NOW + 60_000, limits)
  if (!('guard' in second)) throw new Error('the second code is free')
  expect(takeCode(second.guard, NOW + 120_000, limits)).toEqual({ waitMs: null })
})
