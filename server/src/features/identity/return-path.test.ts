import { pageWithTicket, safeReturnPath } from './return-path'

test.each(['/pages/home/index', '/pages/bill/index?id=01ABC&from=scan', '/pages/cashier/index?ids=a%2Cb'])(
  '%s is one of our pages',
  (path) => {
    expect(safeReturnPath(path)).toBe(path)
  },
)

test.each([
  '//evil.test',
  'https://evil.test/pages/home',
  'https:evil.test',
  '/\\evil.test',
  '/pages\\home',
  '/pages//evil.test',
  '/pages/../admin',
  'javascript:alert(1)',
  '/pages/home/index#https://evil.test',
  '/pages/home/index?next=https://evil.test',
  '/pages/home\r\nSet-Cookie: a=b',
  `/${'a'.repeat(400)}`,
  '',
  undefined,
  ['/pages/home/index', '//evil.test'],
])('%j leads home instead', (wish) => {
  expect(safeReturnPath(wish)).toBe('/pages/home/index')
})

test('the ticket joins whatever the page already has', () => {
  expect(pageWithTicket('/pages/me/index', 'abc')).toBe('/#/pages/me/index?ticket=abc')
  expect(pageWithTicket('/pages/bill/index?id=1', 'abc')).toBe('/#/pages/bill/index?id=1&ticket=abc')
})
