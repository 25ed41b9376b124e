import { handsWithin, isPagesOwn, touched } from './hands'

test('a question soon after a touch is the person’s, a later one the page’s own', () => {
  touched()
  const now = Date.now()
  expect(isPagesOwn(now + 9_000)).toBe(false)
  expect(isPagesOwn(now + 11_000)).toBe(true)
})
test('an empty chair sees nothing', () => {
  touched()
  const now = Date.now()
  expect([handsWithin(60_000, now + 59_000), handsWithin(60_000, now + 61_000)]).toEqual([true, false])
})
