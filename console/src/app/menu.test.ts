import { homeOf, mayOpen, menuFor } from './menu'

const agent = ['desk.list', 'desk.create', 'replies.list', 'slots.plan', 'catalogue.get']

test('a person sees only doors that lead somewhere', () => {
  expect(menuFor(agent).map(({ id }) => id)).toEqual(['inbox', 'create', 'slots', 'replies', 'catalogue'])
  expect(menuFor(['audit.list', 'audit.verify']).map(({ id }) => id)).toEqual(['audit'])
  expect(menuFor([])).toEqual([])
})
test('home is the first door, or one’s own account', () => {
  expect([homeOf(agent), homeOf(['audit.list']), homeOf([])]).toEqual(['/inbox', '/audit', '/me'])
})
test('an address that belongs to another role shows nothing', () => {
  expect(mayOpen('/audit', agent)).toBe(false)
  expect(mayOpen('/requests/01ABC', agent)).toBe(true)
  expect(mayOpen('/requests/01ABC', ['audit.list'])).toBe(false)
  expect(mayOpen('/me', [])).toBe(true)
})
