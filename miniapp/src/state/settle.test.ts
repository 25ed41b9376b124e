import { ApiError } from '../api/errors'
import { kept as atOnce, settle } from './settle'

const kept = new Map<string, unknown>()
jest.mock('@tarojs/taro', () => ({
  getStorageSync: (key: string) => kept.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => kept.set(key, value),
  removeStorageSync: (key: string) => kept.delete(key),
}))
jest.mock('../platform/login', () => ({ login: { environment: 'wechat-web' } }), { virtual: true })
beforeEach(() => kept.clear())

const answers = async () => ['一条']
const fails = (code: string) => async (): Promise<string[]> => {
  throw new ApiError(code, '说明')
}

test('an answer is kept, and serves when the network is gone', async () => {
  expect(await settle(answers, 'list', false)).toEqual({ state: 'ready', data: ['一条'] })
  expect(await settle(fails('offline'), 'list', false)).toEqual({
    state: 'stale',
    data: ['一条'],
    savedAt: expect.any(Number) as number,
    offline: true,
  })
})
test('a server without its database has no answer: notices show what was kept, and say that it is not the network', async () => {
  await settle(answers, 'notices', true)
  const shown = await settle(fails('database_unavailable'), 'notices', true)
  expect(shown).toMatchObject({ state: 'stale', data: ['一条'], offline: false })
})
test('money is not shown from earlier because the server has trouble', async () => {
  await settle(answers, 'owed', false)
  expect(await settle(fails('database_unavailable'), 'owed', false)).toMatchObject({
    state: 'failed',
    message: '说明',
    offline: false,
  })
})
test('a plain no is never hidden behind an old answer', async () => {
  await settle(answers, 'notice', true)
  expect(await settle(fails('not_found'), 'notice', true)).toMatchObject({
    state: 'failed',
    code: 'not_found',
  })
})
test('without anything kept the failure is shown', async () =>
  expect(await settle(fails('offline'), 'never', true)).toMatchObject({ state: 'failed', offline: true }))
test('what was kept is there at once with its date, while the question is still under way', async () => {
  expect(atOnce('list')).toBeNull()
  await settle(answers, 'list', false)
  expect(atOnce('list')).toEqual({
    state: 'stale',
    data: ['一条'],
    savedAt: expect.any(Number) as number,
    offline: false,
    refreshing: true,
  })
  expect(atOnce(undefined)).toBeNull()
})
