import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core'
import QRCode from 'qrcode'
import { KEYLESS_ALIPAY_APP } from '../kernel/testing'
import { verifyFileOf } from '../links/verify-file'
import { type PhonesWorld, startPhonesWorld } from './testing'

const MINI = 'wx0000000000000001'
const { appId: ALIPAY } = KEYLESS_ALIPAY_APP

const PAGE = `<!doctype html><html><head><meta charset="utf-8"><title>一户</title></head><body>
<button id="pay">缴费</button><button id="ask">订阅</button><button id="cashier">去收银台</button><p id="out"></p><p id="ua"></p>
<p id="kept"></p><script>
const out = (x) => { document.getElementById('out').textContent = JSON.stringify(x) }
const wx = window.WeixinJSBridge, ap = window.AlipayJSBridge
document.getElementById('ua').textContent = navigator.userAgent
document.getElementById('kept').textContent = localStorage.getItem('token') ?? 'nothing'
localStorage.setItem('token', 'kept')
const params = { appId: 'wx1', timeStamp: '1700000000', nonceStr: 'n', signType: 'RSA', paySign: 's' }
const prepay = new URLSearchParams(location.search).get('prepay') ?? 'wx201'
document.getElementById('pay').onclick = () => wx
  ? wx.invoke('getBrandWCPayRequest', { ...params, package: 'prepay_id=' + prepay }, out)
  : ap.call('tradePay', { tradeNO: '2026112222001' }, out)
document.getElementById('ask').onclick = () => wx
  ? wx.invoke('requestSubscribeMessage', { tmplIds: ['T1'] }, out)
  : ap.call('requestSubscribeMessage', { entityIds: ['T1'] }, out)
document.getElementById('cashier').onclick = () => { location.href = 'SANDBOX/alipay/cashier' }
</script></body></html>`

/** WeChat's in the rule's directory, Alipay's at the root, as each looks for it. */
function verifyFileFor(path: string): string | null {
  const apps = { [`/q/${verifyFileOf(MINI).name}`]: MINI, [`/${verifyFileOf(ALIPAY).name}`]: ALIPAY }
  const appId = apps[path]
  return appId === undefined ? null : verifyFileOf(appId).content
}

let browser: Browser
let world: PhonesWorld
let page: Page

/** Set by a test whose portal forgets to serve them. */
let servesVerifyFiles = true

function portal(incoming: IncomingMessage, out: ServerResponse): void {
  const file = incoming.url?.endsWith('.txt') === true ? verifyFileFor(incoming.url) : null
  if (file !== null) {
    out.writeHead(servesVerifyFiles ? 200 : 404)
    out.end(file)
    return
  }
  out.setHeader('content-type', 'text/html; charset=utf-8')
  if (incoming.url?.startsWith('/q/') === true) {
    out.end(
      `<html><head><title>扫码</title></head><body>网页版 <i id="agent">${incoming.headers['user-agent']}</i></body></html>`,
    )
    return
  }
  const isPaid = incoming.url?.startsWith('/paid') === true
  out.end(
    isPaid
      ? '<html><head><title>结果</title></head><body>正在确认</body></html>'
      : PAGE.replace('SANDBOX', world.sandbox),
  )
}

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
  servesVerifyFiles = true
  world = await startPhonesWorld(portal)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
})

afterEach(async () => {
  await page.context().close()
  await world.close()
})

const phone = (wallet: 'wechat' | 'alipay'): Locator => page.getByTestId(`phone-${wallet}`)
const inside = (wallet: 'wechat' | 'alipay'): FrameLocator =>
  phone(wallet).getByTestId('frame').contentFrame()

async function typePassword(where: Locator | Page): Promise<void> {
  for (const key of ['1', '3', '5', '7', '9', '0']) await where.getByTestId(`pay-key-${key}`).click()
}

test('both wallets take a payment by their own sheet and tell the page in their own words', async () => {
  await page.goto(world.sandbox)
  await inside('wechat').locator('#pay').click()
  expect(await phone('wechat').getByTestId('pay-amount').textContent()).toBe('¥3,634.08')
  expect(await phone('wechat').getByTestId('pay-payee').textContent()).toBe('开源市热力有限公司')
  expect(await phone('wechat').getByTestId('pay-person').textContent()).toBe('张玉')
  await typePassword(phone('wechat'))
  await phone('wechat').getByTestId('pay-done').click()
  await inside('wechat').getByText('get_brand_wcpay_request:ok').waitFor()
  await inside('alipay').locator('#pay').click()
  await typePassword(phone('alipay'))
  await phone('alipay').getByTestId('pay-done').click()
  await inside('alipay').getByText('"resultCode":"9000"').waitFor()
  expect(world.payments.map(({ wallet, reference, outcome }) => [wallet, reference, outcome])).toEqual([
    ['wechat', 'wx201', 'paid'],
    ['alipay', '2026112222001', 'paid'],
  ])
})

test.each([
  ['pay-cancel', null, ':cancel', '"6001"', 'cancel'],
  ['pay-outcome-fail', 'pay-back', ':fail', '"4000"', 'fail'],
  ['pay-outcome-ok-but-unpaid', 'pay-done', ':ok', '"9000"', 'ok-but-unpaid'],
])('%s tells each page what its wallet would say', async (choice, then, wechatWord, alipayWord, outcome) => {
  await page.goto(world.sandbox)
  for (const [wallet, word] of [
    ['wechat', wechatWord],
    ['alipay', alipayWord],
  ] as const) {
    await inside(wallet).locator('#pay').click()
    await phone(wallet).getByTestId('pay-key-1').waitFor()
    await phone(wallet).getByTestId(choice).click()
    if (then !== null) await phone(wallet).getByTestId(then).click()
    await inside(wallet).locator('#out').filter({ hasText: word }).waitFor()
  }
  expect(world.payments.map((payment) => payment.outcome)).toEqual([outcome, outcome])
})

test('an order that the platform does not know takes no password', async () => {
  await page.goto(`${world.sandbox}/phones/wechat?path=${encodeURIComponent('/?prepay=wx404')}`)
  await inside('wechat').locator('#pay').click()
  await phone('wechat').getByTestId('pay-problem').getByText('订单不存在或已失效').waitFor()
  await phone('wechat').getByTestId('pay-back').click()
  await inside('wechat').locator('#out').filter({ hasText: ':fail' }).waitFor()
  expect(world.payments).toHaveLength(0)
})

test('a message pushed to the holder drops from the top, is counted, and stands in the drawer', async () => {
  await page.goto(world.sandbox)
  await phone('wechat').getByTestId('person-name').waitFor()
  await page.waitForResponse((answer) => answer.url().includes('/control/inbox'))
  const message = { personId: 'zhangyu', at: world.kernel.clock.now() }
  world.kernel.inbox.push({
    ...message,
    phone: 'wechat',
    kind: 'subscribe',
    title: '缴费成功通知',
    fields: [{ label: '缴费金额', value: '￥3634.08' }],
    page: '/paid?id=1',
  })
  world.kernel.inbox.push({ ...message, phone: 'alipay', kind: 'template', title: '不在微信里', fields: [] })
  await phone('wechat').getByTestId('banner').getByText('缴费成功通知').waitFor()
  expect(await phone('wechat').getByTestId('drawer-badge').textContent()).toBe('1')
  await phone('wechat').getByTestId('drawer-open').click()
  const drawer = phone('wechat').getByTestId('drawer')
  expect(await drawer.locator('.card').count()).toBe(1)
  await drawer.getByText('￥3634.08').waitFor()
  await drawer.getByTestId('message-open').click()
  await inside('wechat').getByText('正在确认').waitFor()
})

test('another holder finds a phone that remembers nothing; the other phone keeps its own', async () => {
  await page.goto(world.sandbox)
  for (const wallet of ['wechat', 'alipay'] as const) {
    await inside(wallet).locator('#kept').filter({ hasText: 'nothing' }).waitFor()
    await phone(wallet).getByTestId('reload').click()
    await inside(wallet).locator('#kept').filter({ hasText: 'kept' }).waitFor()
  }
  await phone('wechat').getByTestId('people-open').click()
  await phone('wechat').getByTestId('person-visitor').click()
  await phone('wechat').getByTestId('person-name').filter({ hasText: '访客' }).waitFor()
  await inside('wechat').locator('#kept').filter({ hasText: 'nothing' }).waitFor()
  await phone('alipay').getByTestId('reload').click()
  await inside('alipay').locator('#kept').filter({ hasText: 'kept' }).waitFor()
  expect(await phone('alipay').getByTestId('person-name').textContent()).toBe('张玉')
})

test('without a network the page and the sheet say so, and come back with it', async () => {
  await page.goto(world.sandbox)
  await inside('alipay').locator('#pay').waitFor()
  await phone('alipay').getByTestId('network-toggle').click()
  await inside('alipay').locator('#pay').click()
  await phone('alipay').getByTestId('pay-problem').getByText('网络不可用').waitFor()
  await phone('alipay').getByTestId('pay-back').click()
  await inside('alipay').locator('#out').filter({ hasText: '6002' }).waitFor()
  await phone('alipay').getByTestId('reload').click()
  await inside('alipay').getByText('手机没有网络').waitFor()
  const before = world.seen.length
  await phone('alipay').getByTestId('network-toggle').click()
  await inside('alipay').locator('#pay').waitFor()
  expect(world.seen.length).toBeGreaterThan(before)
})

test("the wallet's own cashier opens inside the phone, and the way back moves only this phone", async () => {
  await page.goto(world.sandbox)
  await inside('wechat').locator('#pay').waitFor()
  await inside('alipay').locator('#cashier').click()
  await inside('alipay').locator('#who').filter({ hasText: 'zhangyu' }).waitFor()
  expect(await phone('alipay').getByTestId('nav-title').textContent()).toBe('收银台')
  await phone('alipay').getByTestId('nav-back').click()
  await inside('alipay').locator('#cashier').waitFor()
  await inside('wechat').locator('#pay').waitFor()
})

test('the permission is asked once when the choice is to be kept', async () => {
  await page.goto(`${world.sandbox}/phones/wechat`)
  await inside('wechat').locator('#ask').click()
  await phone('wechat').getByTestId('subscribe-keep').check()
  await phone('wechat').getByTestId('subscribe-accept').click()
  await inside('wechat').locator('#out').filter({ hasText: '"T1":"accept"' }).waitFor()
  await phone('wechat').getByTestId('reload').click()
  await inside('wechat').locator('#out').filter({ hasText: /^$/ }).waitFor({ state: 'attached' })
  await inside('wechat').locator('#ask').click()
  await inside('wechat').locator('#out').filter({ hasText: '"T1":"accept"' }).waitFor()
  expect(await phone('wechat').getByTestId('subscribe-sheet').count()).toBe(0)
})

test('a link that was scanned opens in the phone, and a strange one does not', async () => {
  await page.goto(`${world.sandbox}/phones/alipay`)
  await inside('alipay').locator('#pay').waitFor()
  await phone('alipay').getByTestId('scan-open').click()
  await phone('alipay').getByTestId('scan-input').fill('https://example.com/steal')
  await phone('alipay').getByTestId('scan-go').click()
  await phone('alipay').getByTestId('toast').waitFor()
  await phone('alipay').getByTestId('scan-open').click()
  await phone('alipay').getByTestId('scan-input').fill(`${world.portal}/paid?q=8F3K2`)
  await phone('alipay').getByTestId('scan-go').click()
  await inside('alipay').getByText('正在确认').waitFor()
  expect(await phone('alipay').getByTestId('address').textContent()).toBe('/paid?q=8F3K2')
})

async function scanText(wallet: 'wechat' | 'alipay', text: string): Promise<void> {
  await phone(wallet).getByTestId('scan-open').click()
  await phone(wallet).getByTestId('scan-input').fill(text)
  await phone(wallet).getByTestId('scan-go').click()
}

/** Types a rule into the console, as an operator would. */
async function addRule(app: string, link: string): Promise<void> {
  await page.goto(`${world.sandbox}/panel`)
  await page.getByTestId('link-app').selectOption(app)
  await page.getByTestId('link-new').fill(link)
  await page.getByTestId('link-add').click()
}

const inConsole = (): Locator => page.getByTestId('panel-links')

async function publish(): Promise<void> {
  await inConsole().getByRole('button', { name: '发布', exact: true }).click()
  await inConsole().getByText('已发布', { exact: true }).waitFor()
}

test.each([
  ['wechat', MINI, /^\/#\/codes\/home\/index\?q=([^&]+)&scancode_time=(\d+)$/],
  ['alipay', ALIPAY, /^\/#\/codes\/home\/index\?qrCode=([^&]+)$/],
] as const)(
  'the %s phone: a published rule opens the mini-program with the link; before that its browser opens the link',
  async (wallet, appId, opened) => {
    const link = `${world.portal}/q/8F3K2`
    await addRule(appId, `${world.portal}/q/`)
    await inConsole().getByText('没发布', { exact: true }).waitFor()
    await page.goto(`${world.sandbox}/phones/${wallet}`)
    await inside(wallet).locator('#pay').waitFor()
    await scanText(wallet, link)
    await inside(wallet).getByText('网页版').waitFor()
    const agent = await inside(wallet).locator('#agent').textContent()
    expect(agent).toContain(wallet === 'wechat' ? 'MicroMessenger' : 'AlipayClient')
    expect(await phone(wallet).getByTestId('address').textContent()).toBe('/q/8F3K2')
    await page.goto(`${world.sandbox}/panel`)
    await publish()
    await page.goto(`${world.sandbox}/phones/${wallet}`)
    await inside(wallet).locator('#pay').waitFor()
    await scanText(wallet, link)
    const address = phone(wallet).getByTestId('address').filter({ hasText: 'codes/home' })
    await address.waitFor()
    const [, encoded = ''] = opened.exec((await address.textContent()) ?? '') ?? []
    expect(decodeURIComponent(encoded)).toBe(link)
    await inside(wallet).locator('#pay').waitFor()
  },
)

test('a rule whose verification file is missing is refused, and the console says where it looked', async () => {
  servesVerifyFiles = false
  await addRule(MINI, `${world.portal}/q/`)
  const { name } = verifyFileOf(MINI)
  await page
    .getByTestId('panel-notice')
    .filter({ hasText: `${world.portal}/q/${name} 答 404` })
    .waitFor()
  expect(await inConsole().locator('tbody tr').count()).toBe(0)
  await addRule(MINI, 'https://example.com/q/')
  await page.getByTestId('panel-notice').filter({ hasText: '没有备案' }).waitFor()
})

test('a mini-program that is taken back is opened by no code', async () => {
  await addRule(MINI, `${world.portal}/q/`)
  await publish()
  await page.getByTestId(`released-${MINI}`).uncheck()
  await inConsole().getByText('小程序没发布').waitFor()
  await page.goto(`${world.sandbox}/phones/wechat`)
  await inside('wechat').locator('#pay').waitFor()
  await scanText('wechat', `${world.portal}/q/8F3K2`)
  await inside('wechat').getByText('网页版').waitFor()
  expect(await phone('wechat').getByTestId('address').textContent()).toBe('/q/8F3K2')
})

test('a picture of a code is read, and one without a code says so', async () => {
  await page.goto(`${world.sandbox}/phones/wechat`)
  await inside('wechat').locator('#pay').waitFor()
  await phone('wechat').getByTestId('scan-open').click()
  const picture = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })
  const empty = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 60 } })
  await phone('wechat').getByTestId('scan-picture').setInputFiles(picture('empty.png', empty))
  await phone('wechat').getByTestId('scan-problem').filter({ hasText: '没有认出二维码' }).waitFor()
  await phone('wechat')
    .getByTestId('scan-picture')
    .setInputFiles(picture('text.png', Buffer.from('no picture')))
  await phone('wechat').getByTestId('scan-problem').filter({ hasText: '不是照片' }).waitFor()
  const code = await QRCode.toBuffer(`${world.portal}/q/8F3K2`, { width: 300 })
  await phone('wechat').getByTestId('scan-picture').setInputFiles(picture('code.png', code))
  await inside('wechat').getByText('网页版').waitFor()
  expect(await phone('wechat').getByTestId('address').textContent()).toBe('/q/8F3K2')
})

test("opened without a phone around it, the page carries the wallet's sheet itself", async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(world.alipay)
  expect(await page.locator('#ua').textContent()).toContain('AlipayClient/10.5.90')
  await page.locator('#pay').click()
  await typePassword(page)
  await page.getByTestId('pay-done').click()
  await page.locator('#out').filter({ hasText: '"resultCode":"9000"' }).waitFor()
  expect(world.payments).toHaveLength(1)
})

test('on a small display the phone is the display, and the menu leads to the other phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(world.sandbox)
  expect(await phone('wechat').locator('.screen').boundingBox()).toEqual({
    x: 0,
    y: 0,
    width: 390,
    height: 844,
  })
  expect(await phone('alipay').isVisible()).toBe(false)
  await phone('wechat').getByTestId('menu-open').click()
  await phone('wechat').getByTestId('menu-other').click()
  await inside('alipay').locator('#pay').waitFor()
  expect(await phone('wechat').isVisible()).toBe(false)
})

test('the panel switches faults on with their numbers and all of them off, and moves the clock', async () => {
  await page.goto(`${world.sandbox}/panel`)
  await page.getByTestId('fault-callback.late').check()
  const on = page.locator('.fault.on')
  await on.getByTestId('fault-callback.late-times').fill('3')
  await on.getByTestId('fault-callback.late-times').press('Enter')
  await on.getByTestId('fault-callback.late-probability').fill('0.5')
  const stored = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await on.getByTestId('fault-callback.late-probability').press('Enter')
  await stored
  expect(world.kernel.faults.active()).toEqual([{ name: 'callback.late', probability: 0.5, times: 3 }])
  await page.getByTestId('faults-clear').click()
  await page.locator('.fault.on').waitFor({ state: 'detached' })
  expect(world.kernel.faults.active()).toEqual([])
  const before = world.kernel.clock.now()
  await page.getByTestId('clock-advance-86400000').click()
  await page.getByTestId('clock-now').filter({ hasText: '1月16日' }).waitFor()
  expect(world.kernel.clock.now() - before).toBeGreaterThanOrEqual(86_400_000)
})
