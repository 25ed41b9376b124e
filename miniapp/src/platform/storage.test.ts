import { forgetCaches, load, save, saveCache } from './storage'

const kept = new Map<string, unknown>()
jest.mock('@tarojs/taro', () => ({
  getStorageSync: (key: string) => kept.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => kept.set(key, value),
  removeStorageSync: (key: string) => kept.delete(key),
}))
jest.mock('./login', () => ({ login: { environment: 'wechat-web' } }), { virtual: true })
beforeEach(() => kept.clear())

test('what was never kept is null', () => expect(load('token')).toBeNull())
test('signing out leaves no answer of the former resident behind', () => {
  save('elder', true)
  saveCache('cache.bill.1', { amountFen: 1 })
  saveCache('cache.records', { items: [] })
  forgetCaches()
  expect([...kept.keys()]).toEqual(['yihu.wechat-web.elder'])
})
test('two wallets on one origin do not share what they keep', () => {
  save('token', 't')
  expect(kept.has('yihu.wechat-web.token')).toBe(true)
})
test('what was looked at long ago makes room; what is looked at again stays', () => {
  saveCache('cache.first', 1)
  saveCache('cache.second', 2)
  for (let number = 0; number < 58; number++) saveCache(`cache.more.${number}`, number)
  saveCache('cache.first', 1)
  saveCache('cache.last', 3)
  expect([load('cache.first'), load('cache.second'), load('cache.last')]).toEqual([1, null, 3])
})
