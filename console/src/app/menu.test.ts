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
test('a notice may be written by publishers and read by those who answer for it', () => {
  const publisher = ['notices.deskList', 'notices.saveDraft', 'messages.report']
  expect(menuFor(publisher).map(({ id }) => id)).toEqual(['notices', 'messages'])
  expect(
    ['/notices/write', '/notices/01ABC', '/notices/write/01ABC'].map((path) => mayOpen(path, publisher)),
  ).toEqual([true, true, true])
  const reader = ['desk.list', 'notices.deskList']
  expect(
    ['/notices/write', '/notices/01ABC', '/notices/write/01ABC'].map((path) => mayOpen(path, reader)),
  ).toEqual([false, true, false])
})
test('messages have a door for the report, and for the history of one household', () => {
  for (const may of [['messages.report'], ['messages.history']]) expect(mayOpen('/messages', may)).toBe(true)
  expect(mayOpen('/messages', ['desk.list'])).toBe(false)
})
test('who talks with residents sees the desk, its calls and the knowledge; the board is the supervisor’s', () => {
  const talker = ['chatDesk.list', 'calls.list', 'knowledge.list', 'chatReview.list']
  expect(menuFor(talker).map(({ id }) => id)).toEqual(['chat', 'calls', 'knowledge', 'review'])
  const pages = [
    '/chat/01ABC',
    '/calls/01ABC',
    '/knowledge/01ABC',
    '/review/01ABC',
    '/board',
    '/knowledge/write',
  ]
  expect(pages.map((path) => mayOpen(path, talker))).toEqual([true, true, true, true, false, false])
  expect(mayOpen('/knowledge/write/01ABC', [...talker, 'knowledge.save'])).toBe(true)
  expect(mayOpen('/board', [...talker, 'chatBoard.read'])).toBe(true)
})
test('whoever keeps the books sees what went wrong, and whoever may export sees what waits', () => {
  expect(menuFor(['troubles.list', 'messages.report']).map(({ id }) => id)).toEqual(['messages', 'troubles'])
  expect(mayOpen('/exports', ['desk.list', 'desk.exports'])).toBe(true)
  expect(mayOpen('/exports', agent)).toBe(false)
  expect(mayOpen('/troubles', agent)).toBe(false)
})
