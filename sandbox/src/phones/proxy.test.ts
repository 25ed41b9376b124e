import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { BRIDGE_TAG } from './inject'
import { type PhonesWorld, type Seen, startPhonesWorld } from './testing'

const PAGE = '<!doctype html><html><head lang="zh"><title>一户</title></head><body>账单</body></html>'

let world: PhonesWorld
let streams: ServerResponse[] = []
let cuts = 0

function portal(incoming: IncomingMessage, out: ServerResponse): void {
  const path = new URL(incoming.url ?? '/', 'http://portal').pathname
  if (path === '/events') {
    out.writeHead(200, { 'content-type': 'text/event-stream' })
    out.write('data: 1\n\n')
    streams.push(out)
  } else if (path === '/packed') {
    out.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
    out.end(gzipSync(PAGE))
  } else if (path === '/login') {
    const target = `${world.sandbox}/wechat-open/back?x=1`
    out.writeHead(302, { location: target, 'set-cookie': ['state=abc; Path=/; HttpOnly', 'b=2; Secure'] })
    out.end()
  } else if (path === '/cut-once' && cuts++ === 0) {
    incoming.socket.resetAndDestroy()
  } else if (path === '/data') {
    out.writeHead(200, { 'content-type': 'application/json' })
    out.end(JSON.stringify({ html: '<head>', url: `${world.portal}/x` }))
  } else {
    out.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(PAGE),
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
    })
    out.end(PAGE)
  }
}

beforeEach(async () => {
  world = await startPhonesWorld(portal)
})

afterEach(async () => {
  for (const stream of streams) stream.end()
  streams = []
  await world.close()
})

const asPage = { accept: 'text/html,application/xhtml+xml', 'user-agent': 'Mozilla/5.0 Chrome/130' }

function lastSeen(): Seen {
  const seen = world.seen.at(-1)
  if (!seen) throw new Error('the portal saw no request')
  return seen
}

test.each([
  ['wechat', /MicroMessenger\/8\.0\.50\(0x18003231\) NetType\/WIFI Language\/zh_CN$/],
  ['alipay', /AliApp\(AP\/10\.5\.90\) AlipayClient\/10\.5\.90 Language\/zh-Hans$/],
] as const)("the portal sees the user agent of %s's web view", async (wallet, pattern) => {
  await fetch(world[wallet], { headers: asPage })
  expect(lastSeen().headers['user-agent']).toMatch(pattern)
  expect(lastSeen().headers['host']).toBe(new URL(world.portal).host)
})

test('a kept connection that the portal closes in the same moment is no fault of the page', async () => {
  cuts = 0
  expect((await fetch(`${world.wechat}/data`)).status).toBe(200)
  expect((await fetch(`${world.wechat}/cut-once`)).status).toBe(200)
  expect(cuts).toBe(2)
})

test('a page gets the bridge first in its head, its true length, and may stand in the phone', async () => {
  const answer = await fetch(world.wechat, { headers: asPage })
  expect(await answer.text()).toBe(PAGE.replace('<head lang="zh">', `<head lang="zh">${BRIDGE_TAG}`))
  expect(answer.headers.get('x-frame-options')).toBeNull()
  expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${world.sandbox}`)
})

test('a page that comes packed all the same gets the bridge too', async () => {
  const answer = await fetch(`${world.wechat}/packed`, { headers: asPage })
  expect(await answer.text()).toContain(BRIDGE_TAG)
})

test('what is no page passes unchanged', async () => {
  const answer = await fetch(`${world.wechat}/data`)
  expect(await answer.json()).toEqual({ html: '<head>', url: `${world.portal}/x` })
})

test('a body, its method and the origin reach the portal as if they came from its own address', async () => {
  await fetch(`${world.alipay}/api/payments`, {
    method: 'POST',
    headers: { origin: world.alipay, referer: `${world.alipay}/pay`, 'content-type': 'application/json' },
    body: '{"a":"缴费"}',
  })
  expect(lastSeen()).toMatchObject({ method: 'POST', url: '/api/payments', body: '{"a":"缴费"}' })
  expect(lastSeen().headers).toMatchObject({ origin: world.portal, referer: `${world.portal}/pay` })
})

test('events arrive while the portal is still sending', async () => {
  const answer = await fetch(`${world.wechat}/events`)
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n')
  streams[0]?.write('data: 2\n\n')
  const second = await reader?.read()
  expect(new TextDecoder().decode(second?.value)).toBe('data: 2\n\n')
  await reader?.cancel()
})

test('the way through the platform and back never leaves the phone, and each phone keeps its own cookies', async () => {
  const away = await fetch(`${world.wechat}/login`, { redirect: 'manual', headers: asPage })
  expect(away.headers.get('location')).toBe(`${world.wechat}/wechat-open/back?x=1`)
  expect(away.headers.getSetCookie()).toEqual(['wechat.state=abc; Path=/; HttpOnly', 'wechat.b=2'])
  const back = await fetch(`${world.wechat}/wechat-open/back?x=1`, { redirect: 'manual', headers: asPage })
  expect(back.headers.get('location')).toBe(`${world.wechat}/paid?code=1`)
  await fetch(`${world.wechat}/paid`, { headers: { ...asPage, cookie: 'wechat.state=abc; alipay.state=no' } })
  expect(lastSeen().headers['cookie']).toBe('state=abc')
})

test("the wallet's cashier knows who holds the phone and leads back into it; the portal is not told", async () => {
  const cookie = 'alipay.sandbox_person=liguilan'
  const page = await fetch(`${world.alipay}/alipay/cashier`, { headers: { ...asPage, cookie } })
  const html = await page.text()
  expect(html).toContain('<p id="who">liguilan</p>')
  expect(html).toContain(`const back="${world.alipay}/paid?trade=1"`)
  expect(html).toContain(BRIDGE_TAG)
  await fetch(world.alipay, { headers: { ...asPage, cookie } })
  expect(lastSeen().headers['cookie']).toBeUndefined()
})

test('the first of the people holds a phone that was given to nobody; another one enters with an empty jar', async () => {
  const who = await (await fetch(`${world.wechat}/__phone/who`)).json()
  expect(who).toEqual({ personId: 'zhangyu', name: '张玉' })
  const entered = await fetch(`${world.wechat}/__phone/enter?person=liguilan&next=//evil.example`, {
    headers: { cookie: 'wechat.session=1; alipay.session=2' },
  })
  expect(entered.headers.getSetCookie()).toEqual([
    'wechat.sandbox_person=liguilan; Path=/; SameSite=Lax',
    'wechat.session=; Path=/; Max-Age=0',
  ])
  const html = await entered.text()
  expect(html).toContain('location.replace("/")')
  expect((await fetch(`${world.wechat}/__phone/enter?person=nobody`)).status).toBe(404)
})

test('the bridge carries who and where, and the code of its wallet', async () => {
  const text = await (await fetch(`${world.alipay}/__phone/bridge.js`)).text()
  expect(text).toContain(`"hostOrigin":"${world.sandbox}"`)
  expect(text).toContain('AlipayJSBridge')
  expect(text).not.toContain('WeixinJSBridge')
})

test('without a network a page becomes the notice and every other request breaks', async () => {
  const cookie = 'wechat.phone_offline=1'
  const page = await fetch(world.wechat, { headers: { ...asPage, cookie } })
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('手机没有网络')
  await expect(fetch(`${world.wechat}/data`, { headers: { cookie } })).rejects.toThrow('fetch failed')
  expect(world.seen).toHaveLength(0)
})

test('a portal that is not there is named in words, as a page and as an answer', async () => {
  const gone = await startPhonesWorld(portal)
  const address = gone.kernel.config
  address.portalOrigin = 'http://127.0.0.1:1'
  const page = await fetch(gone.wechat, { headers: asPage })
  expect(page.status).toBe(502)
  expect(await page.text()).toContain('门户还没有应答')
  expect(await (await fetch(`${gone.wechat}/data`)).json()).toMatchObject({
    error: { code: 'portal_unreachable' },
  })
  await gone.close()
})

test('a browser that goes away ends the request to the portal', async () => {
  const { port } = new URL(world.wechat)
  await new Promise<void>((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path: '/events' }, (answer) => {
      answer.once('data', () => call.destroy())
      answer.once('error', () => undefined)
      answer.once('close', () => resolve())
    })
    call.once('error', reject)
    call.end()
  })
  const stream = streams[0]
  if (!stream) throw new Error('no event stream was opened')
  await new Promise<void>((resolve) => {
    if (stream.destroyed) resolve()
    else stream.once('close', () => resolve())
  })
  expect(stream.destroyed).toBe(true)
})

test('a switched-off phone frees its port', async () => {
  const other = await startPhonesWorld(portal)
  const { port } = new URL(other.wechat)
  await other.close()
  const refused = await new Promise<string>((resolve) => {
    connect(Number(port), '127.0.0.1').once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code ?? ''),
    )
  })
  expect(refused).toBe('ECONNREFUSED')
})
