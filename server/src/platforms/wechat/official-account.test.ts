import { memoryCache } from '../../core/cache'
import { fixedClock } from '../../core/clock'
import type { MenuAction } from '../official-account'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { startStub, type StubServer } from '../testing/stub-server'
import { menuFaults } from './menu-rules'
import { createWechatOfficialAccount, jsSdkSignature } from './official-account'
import { createWechatTokens } from './tokens'

const OA = 'wx0000000000000002'

test('a page is signed as the official example (wechat.md 2.7)', () => {
  const given = {
    ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
    nonceStr: 'Wm3WZYTPz0wzccnW',
    timestamp: 1_414_587_457,
    url: 'http://mp.weixin.qq.com?params=value',
  }
  expect(jsSdkSignature(given)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
  expect(jsSdkSignature({ ...given, url: `${given.url}#/page?x=1` })).toBe(jsSdkSignature(given))
})

describe('the ticket', () => {
  const clock = fixedClock(1_767_232_801_000)
  let stub: StubServer
  let http: OutgoingHttp
  beforeEach(async () => {
    stub = await startStub()
    http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
    let tickets = 0
    stub.answer((request, response) =>
      response.end(
        request.url.includes('stable_token')
          ? '{"access_token":"t","expires_in":7200}'
          : `{"errcode":0,"errmsg":"ok","ticket":"ticket-${++tickets}","expires_in":7200}`,
      ),
    )
  })
  afterEach(async () => {
    await stub.close()
    await http.close()
  })
  const asked = (): number => stub.requests.filter(({ url }) => url.includes('getticket')).length
  const account = (sharedCache?: Parameters<typeof createWechatOfficialAccount>[0]['sharedCache']) =>
    createWechatOfficialAccount({
      tokens: createWechatTokens({
        api: { http, baseUrl: stub.url },
        clock,
        log: { warn: () => undefined },
        secrets: { [OA]: 'secret' },
      }),
      clock,
      appId: OA,
      miniAppId: 'wx0000000000000001',
      sharedCache,
    })

  test('is asked for once by many pages and by all processes, and again before it ends', async () => {
    const cache = memoryCache(clock)
    const one = account(cache)
    await Promise.all(Array.from({ length: 20 }, () => one.signPage('https://a.cn')))
    await account(cache).signPage('https://a.cn')
    expect(asked()).toBe(1)
    clock.advance(7_200_000 - 60_000)
    await one.signPage('https://a.cn')
    expect(asked()).toBe(2)
  })

  test('does without the shared cache when that fails', async () => {
    const dead = () => Promise.reject(new Error('redis is gone'))
    expect(await account({ get: dead, set: dead }).signPage('https://a.cn')).toMatchObject({ appId: OA })
  })

  test('a menu that breaks a limit is not sent', async () => {
    await expect(account().createMenu([])).rejects.toMatchObject({ code: 'invalid_input' })
    expect(stub.requests).toHaveLength(0)
  })
})

describe('the limits of a menu (wechat.md 2.5)', () => {
  const click: MenuAction = { type: 'click', name: '常见问题', key: 'faq' }
  const view: MenuAction = { type: 'view', name: '查账单', url: 'https://a.cn' }
  const mini: MenuAction = {
    type: 'miniprogram',
    name: '小程序',
    page: 'pages/home/index',
    url: 'https://a.cn',
  }
  const paths = (menu: Parameters<typeof menuFaults>[0]): string[] => menuFaults(menu).map(({ path }) => path)

  test('the largest menu that fits is fine', () => {
    const group = { name: '办业务', buttons: [click, view, mini, click, { ...view, name: '一二三四五六七' }] }
    expect(paths([click, group, { ...mini, name: 'Pay bill' }])).toEqual([])
  })

  test.each<[string, Parameters<typeof menuFaults>[0], string]>([
    ['none', [], 'menu'],
    ['four', [click, click, click, click], 'menu'],
    ['an empty group', [{ name: '业务', buttons: [] }], 'menu.0.buttons'],
    [
      'six below one',
      [{ name: '业务', buttons: [click, click, click, click, click, click] }],
      'menu.0.buttons',
    ],
    ['a long name', [click, { ...click, name: '常见问题们' }], 'menu.1.name'],
    [
      'a long name below',
      [{ name: '业务', buttons: [{ ...click, name: '一二三四五六七八' }] }],
      'menu.0.buttons.0.name',
    ],
    ['no name', [{ ...click, name: ' ' }], 'menu.0.name'],
    ['a long key', [{ ...click, key: 'k'.repeat(129) }], 'menu.0.key'],
    ['no address', [{ ...view, url: 'a.cn' }], 'menu.0.url'],
    ['a long address', [{ ...view, url: `https://a.cn/${'x'.repeat(1024)}` }], 'menu.0.url'],
    ['a page with a slash', [{ ...mini, page: '/pages/home/index' }], 'menu.0.page'],
  ])('%s is refused by its path', (_what, menu, path) => {
    expect(paths(menu)).toEqual([path])
  })
})
