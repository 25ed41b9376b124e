import { forgetRecentSessions, recentSession, rememberSession } from './recent-sessions'

const row = {
  id: '01JD0000000000000000000000',
  tokenHash: 'a'.repeat(64),
  residentId: '01JD0000000000000000000001',
  identityId: null,
  channel: 'wechat-mini',
  createdAt: 0,
  lastSeenAt: 0,
  expiresAt: 1_000_000,
  endedAt: null,
}

afterEach(forgetRecentSessions)

test('a session is remembered for under two seconds', () => {
  rememberSession(row, 10_000)
  expect(recentSession(row.tokenHash, 11_999)).toEqual(row)
  expect(recentSession(row.tokenHash, 12_000)).toBeNull()
})

test('a change to any session forgets them all', () => {
  rememberSession(row, 10_000)
  forgetRecentSessions()
  expect(recentSession(row.tokenHash, 10_000)).toBeNull()
})

test('another token is nobody', () => {
  rememberSession(row, 10_000)
  expect(recentSession('b'.repeat(64), 10_000)).toBeNull()
})
