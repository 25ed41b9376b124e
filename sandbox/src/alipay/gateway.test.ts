import { createPublicKey, verify } from 'node:crypto'
import iconv from 'iconv-lite'
import { answerKey } from './answer'
import { requestText, signText, type Params } from './signing'
import { CERT_APP, createTerms, KEY_APP, startRig, testKeys, type Rig } from './testing'
import { shanghaiTime } from './time'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(async () => rig.close())

function serverKeys(appId: string) {
  const own = testKeys().server.alipay.find((one) => one.appId === appId)
  if (!own) throw new Error(`no keys for ${appId}`)
  return own
}

function common(appId: string, method: string): Params {
  return {
    app_id: appId,
    method,
    charset: 'utf-8',
    sign_type: 'RSA2',
    version: '1.0',
    timestamp: shanghaiTime(rig.kernel.clock.now()),
  }
}

interface Sent {
  status: number
  contentType: string | null
  text: string
  bytes: Buffer
}

async function send(query: Params, form: Params, method = 'POST'): Promise<Sent> {
  const response = await fetch(`${rig.gateway}?${new URLSearchParams(query).toString()}`, {
    method,
    redirect: 'manual',
    ...(method === 'POST' ? { body: new URLSearchParams(form) } : {}),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    text: bytes.toString('utf8'),
    bytes,
  }
}

/** Signs and sends; `form` holds what goes into the body. */
async function call(params: Params, form: Params = {}): Promise<Sent> {
  const appId = params['app_id'] ?? KEY_APP
  const sign = signText(requestText({ ...params, ...form }), serverKeys(appId).appPrivateKeyPem)
  return send({ ...params, sign }, form)
}

const query = (extra: Params = {}): Params => ({ ...common(KEY_APP, 'alipay.trade.query'), ...extra })
const BIZ = { biz_content: '{"out_trade_no":"NOBODY1"}' }

function inner(text: string, key = answerKey('alipay.trade.query')): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  const found =
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([name]) => name === key)
      : undefined
  if (!found) throw new Error(`no ${key} in ${text}`)
  return found[1] as Record<string, unknown>
}

test('every answer is HTTP 200 text/html and signed over its raw object', async () => {
  const sent = await call(query(), BIZ)
  expect(sent.status).toBe(200)
  expect(sent.contentType).toBe('text/html;charset=utf-8')
  const raw = /"alipay_trade_query_response":(\{.*\}),"sign":"([^"]+)"\}$/.exec(sent.text)
  const key = createPublicKey(serverKeys(KEY_APP).alipayPublicKeyPem)
  const [, object = '', signature = ''] = raw ?? []
  expect(verify('RSA-SHA256', Buffer.from(object), key, Buffer.from(signature, 'base64'))).toBe(true)
  expect(inner(sent.text)).toMatchObject({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' })
})

test('an unknown application is refused first, without a signature', async () => {
  const sent = await send({ ...common('2021000000000009', 'alipay.trade.query') }, BIZ)
  expect(inner(sent.text)).toMatchObject({ code: '40002', sub_code: 'isv.invalid-app-id' })
  expect(JSON.parse(sent.text)).not.toHaveProperty('sign')
})

test('a missing signature, then a stale time, then a wrong signature are told apart in that order', async () => {
  const stale = { ...query(), timestamp: '2020-01-01 00:00:00' }
  expect(inner((await send(stale, BIZ)).text)).toMatchObject({ sub_code: 'isv.missing-signature' })
  expect(inner((await send({ ...stale, sign: 'AAAA' }, BIZ)).text)).toMatchObject({
    sub_code: 'isv.invalid-timestamp',
  })
  const wrong = inner((await send({ ...query(), sign: 'AAAA' }, BIZ)).text)
  expect(wrong).toMatchObject({ code: '40002', sub_code: 'isv.invalid-signature' })
  expect(wrong['sub_msg']).toContain('app_id=2021000000000001&amp;biz_content=')
})

test('a time 23 hours off is heard, as a container in UTC would send it, and 25 hours off is not', async () => {
  const at = (hours: number): string => shanghaiTime(rig.kernel.clock.now() + hours * 3_600_000)
  expect(inner((await call(query({ timestamp: at(-23) }), BIZ)).text)['sub_code']).toBe('ACQ.TRADE_NOT_EXIST')
  expect(inner((await call(query({ timestamp: at(-25) }), BIZ)).text)['sub_code']).toBe(
    'isv.invalid-timestamp',
  )
})

test('charset must stand in the address', async () => {
  const { charset: _charset, ...rest } = query()
  const inBody = await call(rest, { ...BIZ, charset: 'utf-8' })
  expect(inner(inBody.text)['sub_code']).toBe('isv.invalid-signature')
  expect(inner((await call(rest, BIZ)).text)['sub_code']).toBe('isv.invalid-charset')
})

test('an empty notify_url is dropped before verifying, so a client that signs it fails', async () => {
  const params = query({ notify_url: '' })
  const text = Object.entries({ ...params, ...BIZ })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const sign = signText(text, serverKeys(KEY_APP).appPrivateKeyPem)
  expect(inner((await send({ ...params, sign }, BIZ)).text)['sub_code']).toBe('isv.invalid-signature')
})

test('SHA1 signatures, doubled parameters, unknown parameters and a notify_url with a query are refused', async () => {
  expect(inner((await call(query({ sign_type: 'RSA' }), BIZ)).text)['sub_code']).toBe(
    'isv.invalid-signature-type',
  )
  const sign = signText(requestText({ ...query(), ...BIZ }), serverKeys(KEY_APP).appPrivateKeyPem)
  const doubled = await send({ ...query(), sign }, { ...BIZ, app_id: KEY_APP })
  expect(inner(doubled.text)).toMatchObject({ sub_code: 'isv.invalid-parameter' })
  expect(inner((await call(query({ surprise: '1' }), BIZ)).text)['sub_code']).toBe('isv.invalid-parameter')
  const url = 'https://portal.example.com/notify?id=1'
  expect(inner((await call(query({ notify_url: url }), BIZ)).text)['sub_code']).toBe('isv.invalid-parameter')
})

test('an unknown method, a GET and a body that is no JSON are refused', async () => {
  const unknown = await call(common(KEY_APP, 'alipay.trade.steal'), BIZ)
  expect(inner(unknown.text, 'alipay_trade_steal_response')['sub_code']).toBe('isv.invalid-method')
  const params = { ...query(), ...BIZ }
  const sign = signText(requestText(params), serverKeys(KEY_APP).appPrivateKeyPem)
  expect(inner((await send({ ...params, sign }, {}, 'GET')).text)['sub_code']).toBe('isv.invalid-method')
  expect(inner((await call(query(), { biz_content: 'out_trade_no=1' })).text)['sub_code']).toBe(
    'isv.illegal-json',
  )
})

test('certificate mode wants both serial numbers and answers with its own', async () => {
  const params = common(CERT_APP, 'alipay.trade.query')
  expect(inner((await call(params, BIZ)).text)['sub_code']).toBe('isv.missing-app-cert-sn')
  const half = await call({ ...params, app_cert_sn: 'f'.repeat(32) }, BIZ)
  expect(inner(half.text)['sub_code']).toBe('isv.missing-alipay-root-cert-sn')
  const wrong = await call(
    { ...params, app_cert_sn: 'f'.repeat(32), alipay_root_cert_sn: 'f'.repeat(32) },
    BIZ,
  )
  expect(inner(wrong.text)['sub_code']).toBe('isv.invalid-parameter')
  expect(wrong.text).toMatch(/\},"alipay_cert_sn":"[0-9a-f]{32}","sign":"/)
})

test('a page method with an error shows a page in GBK', async () => {
  const sent = await send({ ...common('2021000000000009', 'alipay.trade.wap.pay') }, {})
  expect(sent.status).toBe(200)
  expect(sent.contentType).toBe('text/html;charset=GBK')
  expect(iconv.decode(sent.bytes, 'gbk')).toContain('错误代码 invalid-app-id 错误原因: 无效的AppID参数')
})

test('the gateway throttles, breaks, babbles and hangs up when told to', async () => {
  const { faults } = rig.kernel
  faults.set({ name: 'alipay.http.429', times: 1 })
  expect((await call(query(), BIZ)).status).toBe(429)
  faults.set({ name: 'alipay.http.500', times: 1 })
  expect((await call(query(), BIZ)).status).toBe(500)
  faults.set({ name: 'alipay.http.garbage', times: 1 })
  const garbage = await call(query(), BIZ)
  expect(() => JSON.parse(garbage.text) as unknown).toThrow(SyntaxError)
  faults.set({ name: 'alipay.http.cut', times: 1 })
  const terms = JSON.stringify(createTerms(rig, 'CUT0000001'))
  await expect(call(common(KEY_APP, 'alipay.trade.create'), { biz_content: terms })).rejects.toThrow(
    'fetch failed',
  )
  const after = await call(query(), { biz_content: '{"out_trade_no":"CUT0000001"}' })
  expect(inner(after.text)['trade_status']).toBe('WAIT_BUYER_PAY')
})
