import type { Session } from '../api/types'
import { adopt, beginSession, enter, openedCodeKey, signOutHere, useSession } from './session'

const kept = new Map<string, unknown>()
jest.mock('../platform/storage', () => ({
  load: (name: string) => kept.get(name) ?? null,
  save: (name: string, value: unknown) => void kept.set(name, value),
  forget: (name: string) => void kept.delete(name),
  forgetCaches: () => void kept.delete('a kept page'),
}))
jest.mock('../api/client', () => ({ connectSession: jest.fn(), read: jest.fn(), write: jest.fn() }))
jest.mock(
  '../platform/login',
  () => ({ login: { environment: 'browser', silent: false, takeTicket: () => null } }),
  {
    virtual: true,
  },
)
jest.mock('./portal', () => ({
  hasConsented: () => true,
  loadPortal: async () => ({}),
  recordConsent: jest.fn(),
  usePortal: { getState: () => ({ portal: null }) },
}))

const HOUR_MS = 3_600_000
const code = { token: 'the scanned one' }
const session = (id: string, channel: 'guest' | 'wechat', expiresAt = Date.now() + HOUR_MS): Session =>
  ({ token: `token of ${id}`, expiresAt, me: { id, channel } }) as unknown as Session
const scan = (): void => void kept.set(openedCodeKey, code)

beforeEach(() => {
  kept.clear()
  useSession.setState({ stage: 'unknown', token: null, me: null, guest: false })
})

test('whoever scanned a code before the first sign-in still has it', () => {
  scan()
  adopt(session('a', 'wechat'))
  expect(kept.get(openedCodeKey)).toEqual(code)
})

test('a guest who signs in still has the code, and nothing else of the guest', () => {
  scan()
  adopt(session('guest', 'guest'))
  kept.set('a kept page', {})
  adopt(session('a', 'wechat'))
  expect(kept.get(openedCodeKey)).toEqual(code)
  expect(kept.has('a kept page')).toBe(false)
  expect(useSession.getState()).toMatchObject({ stage: 'in', guest: false })
})

test('a guest whose session had ended before signing in still has the code', async () => {
  scan()
  adopt(session('guest', 'guest', Date.now() - 1))
  expect(await enter()).toBe(false)
  expect(useSession.getState()).toMatchObject({ stage: 'out', token: null, guest: false })
  adopt(session('a', 'wechat'))
  expect(kept.get(openedCodeKey)).toEqual(code)
})

test('what one person opened is not there for the next, whether or not a guest was between', () => {
  adopt(session('a', 'wechat'))
  scan()
  adopt(session('b', 'wechat'))
  expect(kept.has(openedCodeKey)).toBe(false)
  scan()
  adopt(session('guest', 'guest'))
  expect(kept.has(openedCodeKey)).toBe(false)
})

test('the same person coming back keeps what was begun; signing out by hand leaves nothing', () => {
  adopt(session('a', 'wechat'))
  scan()
  kept.set('pay-acts', ['one'])
  adopt(session('a', 'wechat'))
  expect(kept.get('pay-acts')).toEqual(['one'])
  expect(kept.get(openedCodeKey)).toEqual(code)
  signOutHere()
  expect([...kept.keys()]).toEqual(['stay-out'])
})

test('a plain browser that keeps nothing knows at once that nobody is signed in; one that does waits to be asked', () => {
  const begin = (): string => {
    useSession.setState({ stage: 'unknown', token: null, me: null, guest: false })
    beginSession()
    return useSession.getState().stage
  }
  kept.clear()
  expect(begin()).toBe('out')
  kept.set('token', 'kept')
  expect(begin()).toBe('unknown')
})
