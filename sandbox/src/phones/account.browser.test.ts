import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { controlRoutes } from '../control'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { type RunningSandbox, startSandbox } from '../start'
import { wechatFeatures } from '../wechat'
import { jsSdkSignature } from '../wechat/api/ticket'
import { putMenu } from '../wechat/push/account-menu'
import { addBubble } from '../wechat/push/chat'
import { keepMedia } from '../wechat/push/media'
import { type Phones, phonesRoutes, startPhones } from './index'

/** The service account on the phone, with the sandbox's real control API and an account's server that echoes. */

const PAGE =
  '<!doctype html><html><head><meta charset="utf-8"><title>一户</title></head><body><p>首页</p></body></html>'
const OA = 'wx0000000000000002'

let browser: Browser
let page: Page
let server: Server
let kernel: Kernel
let sandbox: RunningSandbox
let phones: Phones
let pushed: string[]

const part = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`)
    .exec(xml)
    ?.slice(1)
    .find((found) => found !== undefined) ?? ''

function answerTo(xml: string): string {
  const event = part(xml, 'Event')
  if (event === 'unsubscribe' || event === 'VIEW') return 'success'
  const said =
    event === 'subscribe'
      ? `您好，欢迎关注一户。\n<a href="${origin()}/#/pages/bind/index">绑定户号</a>`
      : event === 'SCAN'
        ? `您扫的是户号牌。`
        : `收到“${part(xml, 'Content') || part(xml, 'EventKey')}”`
  return `<xml><ToUserName><![CDATA[${part(xml, 'FromUserName')}]]></ToUserName><FromUserName><![CDATA[${part(xml, 'ToUserName')}]]></FromUserName><CreateTime>1767232802</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${said}]]></Content></xml>`
}
const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

beforeAll(async () => {
  const off = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map(
    (name) => `--disable-${name}`,
  )
  const args = ['--no-sandbox', '--no-first-run', ...off]
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
    args,
  })
})

afterAll(() => browser.close())

beforeEach(async () => {
  pushed = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      if (request.method === 'POST') pushed.push(body)
      response.setHeader('content-type', request.method === 'POST' ? 'text/xml' : 'text/html; charset=utf-8')
      response.end(request.method === 'POST' ? answerTo(body) : PAGE)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = testKernel().config
  kernel = testKernel({
    portalOrigin: origin(),
    wechat: { ...base.wechat, oa: { ...base.wechat.oa, pushMode: 'plain', pushUrl: `${origin()}/wx/push` } },
  })
  sandbox = await startSandbox(kernel, [
    ...wechatFeatures(kernel),
    { prefix: '/control', router: controlRoutes(kernel), faulty: false },
    { prefix: '', router: phonesRoutes(kernel), faulty: false },
  ])
  phones = await startPhones(kernel, { sandboxPort: sandbox.port })
  const context = await browser.newContext({ viewport: { width: 760, height: 920 }, locale: 'zh-CN' })
  context.setDefaultTimeout(8_000)
  page = await context.newPage()
})

afterEach(async () => {
  await page.context().close()
  await phones.close()
  await sandbox.close()
  await kernel.stop()
  server.closeAllConnections()
  server.close()
})

const own = (id: string): Locator => page.getByTestId('phone-wechat').getByTestId(id)
const frame = () => own('frame').contentFrame()
const open = async (): Promise<void> => {
  await page.goto(`${sandbox.address}/phones/wechat`)
  await frame().getByText('首页').waitFor()
}
/** `SHOTS=folder` keeps pictures to look at. */
const shot = async (name: string): Promise<void> => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

test('one follows the account, is welcomed, and the link in the bubble opens our page', async () => {
  await open()
  await own('account-open').click()
  await own('account-page').click()
  await own('account-leave').click()
  await own('account-follow').waitFor()
  await shot('profile')
  await own('account-follow').click()
  const bubble = own('chat-account').filter({ hasText: '欢迎关注一户' })
  await bubble.waitFor()
  await shot('welcome')
  await bubble.getByTestId('chat-link').click()
  await own('account').waitFor({ state: 'detached' })
  await frame().getByText('首页').waitFor()
  expect(await own('address').textContent()).toContain('/pages/bind/index')
  expect(pushed.map((xml) => part(xml, 'Event'))).toEqual(['unsubscribe', 'subscribe'])
})

test('words are written, answered and kept; template messages and articles stand among them as cards', async () => {
  putMenu(kernel, [{ name: '缴费', type: 'click', key: 'owed' }])
  kernel.inbox.push({
    phone: 'wechat',
    personId: 'zhangyu',
    kind: 'template',
    title: '缴费成功通知',
    fields: [
      { label: '户号地址', value: '松海园 41-6-404' },
      { label: '缴费金额', value: '3634.08元' },
    ],
    page: `${origin()}/#/pages/result/index?paymentId=1`,
    at: kernel.clock.now(),
  })
  addBubble(kernel, {
    personId: 'zhangyu',
    from: 'account',
    kind: 'link',
    title: '今年供热收费标准',
    text: '10月1日起执行。',
    url: `${origin()}/#/pages/tariff/index`,
  })
  await open()
  await own('account-open').click()
  await own('account-toggle').click()
  await own('account-input').fill('我还欠多少钱？<b>粗体</b>')
  await own('account-send').click()
  await own('chat-account').filter({ hasText: '收到“我还欠多少钱？<b>粗体</b>”' }).waitFor()
  expect(await own('chat-mine').textContent()).toContain('<b>粗体</b>')
  await own('chat-article').getByText('今年供热收费标准').waitFor()
  await shot('chat')
  await own('chat-card').getByTestId('chat-card-open').click()
  await frame().getByText('首页').waitFor()
  expect(await own('address').textContent()).toContain('/pages/result/index?paymentId=1')
})

test('a picture is sent from the phone and stands in the chat, as one of the account does', async () => {
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const shown = (index: number) =>
    own('chat-picture')
      .nth(index)
      .evaluate(async (img) => {
        const picture = img as unknown as { decode(): Promise<void>; naturalWidth: number }
        await picture.decode()
        return picture.naturalWidth
      })
  await open()
  await own('account-open').click()
  await own('account-picture').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: dot })
  expect(await shown(0)).toBe(1)
  expect(part(pushed[0] ?? '', 'MsgType')).toBe('image')
  const { id } = keepMedia(kernel, OA, 'image/png', dot)
  addBubble(kernel, { personId: 'zhangyu', from: 'account', kind: 'image', text: '', mediaId: id })
  expect(await shown(1)).toBe(1)
})

test('the menu is the one that was published; a button with others in it opens them, one opens a page', async () => {
  putMenu(kernel, [
    { name: '缴费', type: 'view', url: `${origin()}/#/pages/home/index` },
    {
      name: '服务',
      sub_button: [
        { name: '停供通知', type: 'click', key: 'outages' },
        { name: '联系客服', type: 'click', key: 'people' },
      ],
    },
  ])
  await page.setViewportSize({ width: 390, height: 844 })
  await open()
  await own('menu-open').click()
  await own('menu-account').click()
  await own('menu-1').click()
  await own('menu-1-1').waitFor()
  await shot('menu-390')
  await own('menu-1-0').click()
  await own('chat-account').filter({ hasText: '收到“outages”' }).waitFor()
  await own('menu-0').click()
  await own('account').waitFor({ state: 'detached' })
  expect(pushed.map((xml) => [part(xml, 'Event'), part(xml, 'EventKey')])).toEqual([
    ['CLICK', 'outages'],
    ['VIEW', `${origin()}/#/pages/home/index`],
  ])
})

test('a scanned code of the account opens its chat; what came unseen is counted beside the phone', async () => {
  await open()
  await own('scan-open').click()
  await own('scan-input').fill('http://weixin.qq.com/q/h_8F3K2xYz')
  await own('scan-go').click()
  await own('chat-account').filter({ hasText: '您扫的是户号牌。' }).waitFor()
  expect(part(pushed[0] ?? '', 'EventKey')).toBe('h_8F3K2xYz')
  await own('account-back').click()
  addBubble(kernel, { personId: 'zhangyu', from: 'account', kind: 'text', text: '师傅已经出发' })
  await own('account-badge').filter({ hasText: '1' }).waitFor()
})

test('wx.config is checked against the address of the first load; without it nothing may be called', async () => {
  await open()
  kernel.store.table('wechat.jsapi-ticket').put('jsapi', {
    ticket: 'ticket-1',
    expiresMs: kernel.clock.now() + 7_200_000,
  })
  const inner = page.frames().find((one) => one.parentFrame() !== null)
  if (!inner) throw new Error('the phone shows no page')
  const url = inner.url().split('#')[0] ?? ''
  /** Configures with this signature and list, and calls `name` once that is settled; the last word comes back. */
  const call = (signature: string, jsApiList: string[], name: string): Promise<unknown> =>
    inner.evaluate(`new Promise((resolve) => {
      wx.config(${JSON.stringify({ appId: OA, timestamp: 1_767_232_801, nonceStr: 'n1', signature, jsApiList })})
      wx.error(resolve)
      wx.ready(() => wx.${name}({ type: 'wgs84', success: resolve, fail: resolve }))
    })`)
  const signed = (address: string): string => jsSdkSignature('ticket-1', 'n1', '1767232801', address)
  const denied = { errMsg: 'getLocation:permission denied' }
  expect(
    await inner.evaluate('new Promise((resolve) => wx.getLocation({ success: resolve, fail: resolve }))'),
  ).toEqual(denied)
  expect(await call(signed(`${url}?other`), ['getLocation'], 'getLocation')).toEqual({
    errMsg: 'config:invalid signature',
  })
  // A route behind # is not part of the address, but of what the page was loaded as everything before it is.
  await inner.evaluate("location.hash = '/pages/bind/index'")
  expect(await call(signed(url), ['scanQRCode'], 'getLocation')).toEqual(denied)
  expect(await call(signed(url), ['getLocation'], 'getLocation')).toMatchObject({
    errMsg: 'getLocation:ok',
    latitude: 39.034512,
    longitude: 121.771034,
  })
})

test('wx.scanQRCode gives a bar code with its kind, and chooseImage a picture that only the SDK can open', async () => {
  await open()
  kernel.store.table('wechat.jsapi-ticket').put('jsapi', {
    ticket: 'ticket-1',
    expiresMs: kernel.clock.now() + 7_200_000,
  })
  const inner = page.frames().find((one) => one.parentFrame() !== null)
  if (!inner) throw new Error('the phone shows no page')
  const signature = jsSdkSignature('ticket-1', 'n1', '1767232801', inner.url().split('#')[0] ?? '')
  const jsApiList = ['scanQRCode', 'chooseImage', 'getLocalImgData']
  await inner.evaluate(`new Promise((resolve) => {
    wx.ready(resolve)
    wx.config(${JSON.stringify({ appId: OA, timestamp: 1_767_232_801, nonceStr: 'n1', signature, jsApiList })})
  })`)
  const scanned = inner.evaluate(
    'new Promise((resolve) => wx.scanQRCode({ needResult: 1, success: resolve }))',
  )
  await own('scan-input').fill('002100009999')
  await own('scan-go').click()
  expect(await scanned).toEqual({ errMsg: 'scanQRCode:ok', resultStr: 'CODE_128,002100009999' })
  const chooser = page.waitForEvent('filechooser')
  const data = inner.evaluate(`new Promise((resolve) => wx.chooseImage({
    count: 1,
    success: ({ localIds }) => wx.getLocalImgData({ localId: localIds[0], success: resolve }),
  }))`)
  const picture = { name: 'meter.png', mimeType: 'image/png', buffer: Buffer.from('89504e47', 'hex') }
  await (await chooser).setFiles(picture)
  expect(await data).toEqual({
    errMsg: 'getLocalImgData:ok',
    localData: `data:image/png;base64,${Buffer.from('89504e47', 'hex').toString('base64')}`,
  })
})
