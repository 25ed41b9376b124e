import { isPagesOwn, touched } from './hands'

test('a question soon after a touch is the person’s, a later one the page’s own', () => {
  touched()
  const now = Date.now()
  expect(isPagesOwn(now + 9_000)).toBe(false)
  expect(isPagesOwn(now + 11_000)).toBe(true)
})
