import iconv from 'iconv-lite'
import { KEY_APP, startRig, type Rig } from './testing'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

const COOKIE = { cookie: 'sandbox_person=zhangyu' }

function bizContent(outTradeNo: string, more: object = {}): object {
  return {
    out_trade_no: outTradeNo,
    total_amount: '128.50',
    subject: '供热费 2026-2027',
    product_code: 'QUICK_WAP_WAY',
    quit_url: `${rig.merchant.origin}/bills`,
    timeout_express: '2h',
    ...more,
  }
}

/** The address the SDK would send a browser to. */
function pageUrl(outTradeNo: string, more: object = {}): string {
  return String(
    rig.sdk(KEY_APP).pageExec('alipay.trade.wap.pay', 'GET', {
      notify_url: `${rig.merchant.origin}/notify/alipay`,
      return_url: `${rig.merchant.origin}/pay/result?payment=1`,
      bizContent: bizContent(outTradeNo, more),
    }),
  )
}

async function visit(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' })
  expect(response.status).toBe(302)
  return `${rig.origin}${response.headers.get('location')}`
}

async function query(outTradeNo: string): Promise<unknown> {
  const result = await rig
    .sdk(KEY_APP)
    .exec('alipay.trade.query', { bizContent: { out_trade_no: outTradeNo } })
  return result['tradeStatus'] ?? result['subCode']
}

async function pay(cashier: string, password: string): Promise<{ resultCode: string; next?: string }> {
  const body = new URLSearchParams({ password })
  const response = await fetch(`${cashier}/pay`, { method: 'POST', headers: COOKIE, body })
  return (await response.json()) as { resultCode: string; next?: string }
}

test('a person enters, types six digits, has paid and goes back with signed parameters', async () => {
  const cashier = await visit(pageUrl('W1'))
  expect(await query('W1')).toBe('ACQ.TRADE_NOT_EXIST')
  const page = await (await fetch(cashier, { headers: COOKIE })).text()
  for (const words of ['演示供热', '供热费 2026-2027', '¥128.50', '立即付款', '张玉'])
    expect(page).toContain(words)
  expect(await query('W1')).toBe('WAIT_BUYER_PAY')
  expect(await pay(cashier, '000000')).toMatchObject({ resultCode: 'password' })
  expect(await query('W1')).toBe('WAIT_BUYER_PAY')
  const paid = await pay(cashier, '123456')
  expect(paid).toMatchObject({ resultCode: '9000' })
  await rig.settle()
  expect(rig.merchant.received.map((one) => one.params['trade_status'])).toEqual(['TRADE_SUCCESS'])
  const back = await fetch(`${rig.origin}${paid.next}`, { redirect: 'manual' })
  const url = new URL(back.headers.get('location') ?? '')
  const { payment, ...params } = Object.fromEntries(url.searchParams)
  expect(payment).toBe('1')
  expect(params).toMatchObject({
    app_id: KEY_APP,
    method: 'alipay.trade.wap.pay.return',
    out_trade_no: 'W1',
    total_amount: '128.50',
  })
  expect(rig.sdk(KEY_APP).checkNotifySignV2(params)).toBe(true)
  expect(await (await fetch(cashier, { headers: COOKIE })).text()).toContain('这笔订单已支付')
})

test('the form that the SDK writes for POST leads to the same cashier', async () => {
  const form = String(
    rig.sdk(KEY_APP).pageExec('alipay.trade.wap.pay', 'POST', { bizContent: bizContent('W2') }),
  )
  const action = (/action="([^"]+)"/.exec(form)?.[1] ?? '').replaceAll('&amp;', '&')
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&quot;', '"'),
  ])
  const body = new URLSearchParams(Object.fromEntries(fields))
  const response = await fetch(action, { method: 'POST', redirect: 'manual', body })
  expect(response.headers.get('location')).toMatch(/^\/alipay\/cashier\/[0-9a-f]{24}$/)
})

test('cancelling goes back without a payment, and the return address stays shut', async () => {
  const cashier = await visit(pageUrl('W3'))
  await fetch(cashier, { headers: COOKIE })
  const quit = await fetch(`${cashier}/quit`, { redirect: 'manual' })
  expect(quit.headers.get('location')).toBe(`${rig.merchant.origin}/bills`)
  expect((await fetch(`${cashier}/return`, { redirect: 'manual' })).status).toBe(200)
  expect(await query('W3')).toBe('WAIT_BUYER_PAY')
})

test('nobody at the phone is asked who they are, and no trade is made', async () => {
  const cashier = await visit(pageUrl('W4'))
  expect(await (await fetch(cashier)).text()).toContain('请选择是谁')
  expect(await query('W4')).toBe('ACQ.TRADE_NOT_EXIST')
})

test('the cashier may say success without a payment', async () => {
  rig.kernel.faults.set({ name: 'alipay.pay.ok-but-unpaid', times: 1 })
  const cashier = await visit(pageUrl('W5'))
  await fetch(cashier, { headers: COOKIE })
  const said = await pay(cashier, '123456')
  expect(said).toMatchObject({ resultCode: '9000' })
  expect((await fetch(`${rig.origin}${said.next}`, { redirect: 'manual' })).status).toBe(302)
  expect(await query('W5')).toBe('WAIT_BUYER_PAY')
})

test('an unpaid trade of the cashier is told as TRADE_CLOSED without refund fields', async () => {
  const cashier = await visit(pageUrl('W6'))
  await fetch(cashier, { headers: COOKIE })
  await rig.kernel.clock.advance(2 * 3_600_000)
  await rig.settle()
  const params = rig.merchant.received[0]?.params
  expect(params).toMatchObject({ trade_status: 'TRADE_CLOSED', out_trade_no: 'W6' })
  expect(params).not.toHaveProperty('refund_fee')
  expect(params).not.toHaveProperty('gmt_refund')
  expect(await (await fetch(cashier, { headers: COOKIE })).text()).toContain('交易已关闭')
})

test.each([
  ['a changed address', (url: string) => url.replace('128.50', '0.01'), 'invalid-signature'],
  ['another product', () => pageUrl('W7', { product_code: 'JSAPI_PAY' }), 'ACQ.INVALID_PARAMETER'],
])('%s shows the debugging page in GBK', async (_what, bend, code) => {
  const response = await fetch(bend(pageUrl('W7')), { redirect: 'manual' })
  expect(response.headers.get('content-type')).toBe('text/html;charset=GBK')
  expect(iconv.decode(Buffer.from(await response.arrayBuffer()), 'gbk')).toContain(code)
})
