import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LinkRuleConfig } from '../kernel/config'
import { createApp } from '../app'
import type { Kernel } from '../kernel/kernel'
import { KEYLESS_ALIPAY_APP, testKernel } from '../kernel/testing'
import { linksControl, publishConfiguredRules } from './index'
import { verifyFileOf } from './verify-file'

const MINI = 'wx0000000000000001'
const { appId: ALIPAY } = KEYLESS_ALIPAY_APP

let portal: Server
let sandbox: Server
let origin: string
let kernel: Kernel
/** What the portal answers under each path; whatever is not here is 404. */
let pages: Map<string, { status: number; body: string; location?: string }>

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeEach(async () => {
  pages = new Map()
  portal = createServer((incoming, out) => {
    const found = pages.get(incoming.url ?? '')
    out.writeHead(found?.status ?? 404, found?.location === undefined ? {} : { location: found.location })
    out.end(found?.body ?? 'nothing here')
  })
  origin = await listen(portal)
  kernel = testKernel({ portalOrigin: origin, alipay: { apps: [KEYLESS_ALIPAY_APP] } })
  sandbox = createServer(
    createApp(kernel, [{ prefix: '/control', router: linksControl(kernel), faulty: false }]).callback(),
  )
  address = await listen(sandbox)
})
let address: string

afterEach(async () => {
  for (const server of [portal, sandbox]) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await kernel.stop()
})

type Answer = Record<string, unknown> & { id: string; message: string }

async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: Answer }> {
  const answer = await fetch(`${address}/control/links${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

const serve = (path: string, appId: string): void => {
  pages.set(`${path}${verifyFileOf(appId).name}`, { status: 200, body: verifyFileOf(appId).content })
}

const wechatRule = (more: Partial<LinkRuleConfig> = {}): LinkRuleConfig => ({
  wallet: 'wechat',
  appId: MINI,
  link: `${origin}/q/`,
  match: 'prefix',
  page: 'codes/home/index',
  ...more,
})
const alipayRule = (more: Partial<LinkRuleConfig> = {}): LinkRuleConfig => ({
  ...wechatRule({ wallet: 'alipay', appId: ALIPAY }),
  ...more,
})
const scan = async (wallet: string, text: string) => (await ask('POST', '/scan', { wallet, text })).body

test('WeChat: a rule is added, then published, and only then its codes open the mini-program with q and the time', async () => {
  serve('/q/', MINI)
  const link = `${origin}/q/8F3K2?from=a b`
  expect(await scan('wechat', link)).toMatchObject({ opens: 'browser', path: '/q/8F3K2?from=a%20b' })
  const { status, body } = await ask('POST', '', wechatRule())
  expect([status, body['state']]).toEqual([200, 'added'])
  expect(await scan('wechat', link)).toMatchObject({ opens: 'browser' })
  expect((await ask('POST', `/${body.id}/publish`, {})).body['state']).toBe('published')
  expect(await scan('wechat', link)).toEqual({
    opens: 'mini',
    appId: MINI,
    page: 'codes/home/index',
    query: {
      q: encodeURIComponent(link),
      scancode_time: String(Math.floor(kernel.clock.now() / 1000)),
    },
  })
  expect(await scan('alipay', link)).toMatchObject({ opens: 'browser' })
})

test('Alipay: the file lies at the root, and the code arrives as qrCode', async () => {
  serve('/q/', ALIPAY)
  expect((await ask('POST', '', alipayRule())).status).toBe(409)
  serve('/', ALIPAY)
  const { body } = await ask('POST', '', alipayRule())
  await ask('POST', `/${body.id}/publish`, {})
  const link = `${origin}/q/8F3K2`
  expect(await scan('alipay', link)).toMatchObject({
    opens: 'mini',
    query: { qrCode: encodeURIComponent(link) },
  })
})

test('a verification file that is missing, moved, wrong or a page refuses the rule, when added and when published', async () => {
  const { name, content } = verifyFileOf(MINI)
  expect((await ask('POST', '', wechatRule())).body.message).toContain('答 404')
  pages.set(`/q/${name}`, { status: 302, body: '', location: `/other/${name}` })
  pages.set(`/other/${name}`, { status: 200, body: content })
  expect((await ask('POST', '', wechatRule())).body.message).toContain('不跳转')
  pages.set(`/q/${name}`, { status: 200, body: `<html>${content}</html>` })
  expect((await ask('POST', '', wechatRule())).body.message).toContain('内容不对')
  serve('/q/', MINI)
  const { body } = await ask('POST', '', wechatRule())
  pages.clear()
  expect((await ask('POST', `/${body.id}/publish`, {})).status).toBe(409)
  expect(await scan('wechat', `${origin}/q/1`)).toMatchObject({ opens: 'browser' })
})

test("links that are not the account's own, without a certificate, or written twice make no rule", async () => {
  serve('/q/', MINI)
  const refused = async (link: string): Promise<string> =>
    (await ask('POST', '', wechatRule({ link }))).body.message
  expect(await refused('https://pay.example.com/q/')).toContain('没有备案')
  expect(await refused('http://pay.example.com/q/')).toContain('https')
  expect(await refused(`${origin}/q/#a`)).toContain('#')
  expect(await refused('/q/')).toContain('完整的链接')
  expect((await ask('POST', '', wechatRule({ page: '/codes/home/index?a=1' }))).status).toBe(400)
  expect((await ask('POST', '', wechatRule({ appId: ALIPAY }))).status).toBe(400)
  expect((await ask('POST', '', wechatRule())).status).toBe(200)
  expect(await refused(`${origin}/q/`)).toContain('已经有了')
})

test('an app has 100 rules at WeChat and 20 at Alipay', async () => {
  for (const [make, appId, limit] of [
    [wechatRule, MINI, 100],
    [alipayRule, ALIPAY, 20],
  ] as const) {
    for (let number = 0; number < limit; number++) {
      serve(`/${number}/`, appId)
      serve('/', appId)
      expect((await ask('POST', '', make({ link: `${origin}/${number}/` }))).status).toBe(200)
    }
    serve('/more/', appId)
    const more = await ask('POST', '', make({ link: `${origin}/more/` }))
    expect([more.status, more.body.message]).toEqual([409, `一个小程序最多 ${limit} 条规则`])
  }
})

test('WeChat publishes 500 times a month, and again in the next', async () => {
  serve('/q/', MINI)
  const { body } = await ask('POST', '', wechatRule())
  for (let number = 0; number < 500; number++)
    expect((await ask('POST', `/${body.id}/publish`, {})).status).toBe(200)
  expect((await ask('POST', `/${body.id}/publish`, {})).body.message).toContain('500')
  await kernel.clock.advance(31 * 86_400_000)
  expect((await ask('POST', `/${body.id}/publish`, {})).status).toBe(200)
})

test('a mini-program that is not out publishes no rule and is opened by none', async () => {
  serve('/q/', MINI)
  const { body } = await ask('POST', '', wechatRule())
  await ask('POST', '/release', { appId: MINI, released: false })
  expect((await ask('POST', `/${body.id}/publish`, {})).body.message).toContain('还没有发布')
  await ask('POST', '/release', { appId: MINI, released: true })
  await ask('POST', `/${body.id}/publish`, {})
  await ask('POST', '/release', { appId: MINI, released: false })
  expect(await scan('wechat', `${origin}/q/1`)).toMatchObject({ opens: 'browser' })
  await ask('POST', '/release', { appId: MINI, released: true })
  expect(await scan('wechat', `${origin}/q/1`)).toMatchObject({ opens: 'mini' })
  await ask('DELETE', `/${body.id}`)
  expect(await scan('wechat', `${origin}/q/1`)).toMatchObject({ opens: 'browser' })
})

test('of several rules the longest is followed; a foreign link and plain text open nothing', async () => {
  for (const [path, page] of [
    ['/q/', 'codes/home/index'],
    ['/q/gas/', 'codes/gas/index'],
  ] as const) {
    serve(path, MINI)
    const { body } = await ask('POST', '', wechatRule({ link: origin + path, page }))
    await ask('POST', `/${body.id}/publish`, {})
  }
  expect(await scan('wechat', `${origin}/q/gas/1`)).toMatchObject({ page: 'codes/gas/index' })
  expect(await scan('wechat', `${origin}/q/1`)).toMatchObject({ page: 'codes/home/index' })
  expect(await scan('wechat', 'https://example.com/q/1')).toMatchObject({ opens: 'nothing' })
  expect(await scan('wechat', '6901234567892')).toEqual({ opens: 'nothing', message: '码里不是链接' })
  expect(await scan('wechat', 'javascript:alert(1)')).toMatchObject({ opens: 'nothing' })
})

test('what the configuration wants is published when the portal has come up, and a second start changes nothing', async () => {
  const logged: string[] = []
  const { port } = portal.address() as AddressInfo
  await new Promise((resolve) => portal.close(resolve))
  const wants = { ...kernel, log: (event: string) => logged.push(event) }
  wants.config.linkRules.push(wechatRule(), wechatRule({ link: 'https://example.com/q/' }))
  const stop = publishConfiguredRules(wants)
  await until(() => logged.includes('links.refused'))
  serve('/q/', MINI)
  await new Promise<void>((resolve) => portal.listen(port, '127.0.0.1', resolve))
  await until(() => logged.includes('links.published'))
  stop()
  const rulesNow = (await ask('GET', '')).body['rules']
  expect(rulesNow).toMatchObject([{ state: 'published' }])
  publishConfiguredRules(wants)
  await until(() => logged.filter((event) => event === 'links.published').length === 2)
  expect((await ask('GET', '')).body['rules']).toEqual(rulesNow)
})

async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!done()) {
    if (Date.now() > deadline) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
