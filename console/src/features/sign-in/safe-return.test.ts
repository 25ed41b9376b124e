import { safeReturn } from './safe-return'

test('after signing in one comes back to the page that was asked for', () => {
  expect(safeReturn('/requests/01A?tab=mine')).toBe('/requests/01A?tab=mine')
})
test.each([null, '', '//evil.example', 'https://evil.example', '/\\evil.example', '/sign-in', '/set-up?x=1'])(
  '%s leads home and nowhere else',
  (to) => {
    expect(safeReturn(to)).toBe('/')
  },
)
