import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core'
import { type PhonesWorld, startPhonesWorld } from './testing'

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

let browser: Browser
let world: PhonesWorld
let page: Page

function portal(incoming: IncomingMessage, out: ServerResponse): void {
  out.setHeader('content-type', 'text/html; charset=utf-8')
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
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args })
})

afterAll(() => browser.close())

beforeEach(async () => {
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
