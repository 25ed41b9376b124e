import { createHash, createHmac } from 'node:crypto'
import { startStub, type StubRequest, type StubServer } from '../testing/stub-server'
import { createAliyunSms } from './aliyun-sms'
import type { SmsChannel } from './sms-channel'

const SECRET = 'Vx3nR8kQ0tZmJ5wB'
const TOKEN = 'r3p0rt-T0ken-0123456789abcdef'
let stub: StubServer
let sms: SmsChannel
beforeEach(async () => {
  stub = await startStub()
  sms = channel(stub.url)
})
afterEach(() => stub.close())

function channel(endpoint: string, totalTimeoutMs = 10_000): SmsChannel {
  return createAliyunSms(
    {
      kind: 'aliyun',
      accessKeyId: 'LTAI5tYihuPortal0001',
      accessKeySecret: SECRET,
      endpoint,
      signName: '一户',
      priceFen: 5,
      reportToken: TOKEN,
      codeTemplateId: 'SMS_154950909',
      followTemplateId: 'SMS_2',
    },
    { connectTimeoutMs: 2000, totalTimeoutMs },
  )
}

const MESSAGE = {
  id: '01KAZ0000000000000000000AB',
  to: '13800138001',
  idType: 'phone',
  templateId: 'SMS_2086',
  fields: { account: '1001', amount: '341.40' },
  page: null,
} as const
const answer = (body: object, status = 200): void =>
  stub.answer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })

/** Written here once more from "V3 版本请求体&签名机制" (help.aliyun.com): ACS3-HMAC-SHA256 over the canonical request. */
function signatureOf({ method, url, headers, body }: StubRequest, signedHeaders: string): string {
  const address = new URL(url, 'http://x')
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...address.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
  const hashed = createHash('sha256').update(body).digest('hex')
  const canonical = [method, address.pathname, query, lines.join(''), signedHeaders, hashed].join('\n')
  const digest = createHash('sha256').update(canonical).digest('hex')
  return createHmac('sha256', SECRET).update(`ACS3-HMAC-SHA256\n${digest}`).digest('hex')
}

test('the SDK sends what the service documents, signed with our key, and the answer’s number is kept', async () => {
  answer({ Code: 'OK', Message: 'OK', BizId: '900619746936498440^0', RequestId: 'F655A8D5' })
  expect(await sms.send(MESSAGE)).toEqual({
    state: 'delivered',
    platformCode: 'OK',
    platformMessageId: '900619746936498440^0',
    advice: null,
  })
  const [request] = stub.requests
  if (!request) throw new Error('nothing was sent')
  const query = new URL(request.url, stub.url).searchParams
  expect(Object.fromEntries(query)).toEqual({
    PhoneNumbers: '13800138001',
    SignName: '一户',
    TemplateCode: 'SMS_2086',
    TemplateParam: '{"account":"1001","amount":"341.40"}',
    OutId: '01KAZ0000000000000000000AB',
  })
  expect(request.headers).toMatchObject({ 'x-acs-action': 'SendSms', 'x-acs-version': '2017-05-25' })
  const given = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    String(request.headers['authorization']),
  )
  expect(given?.[1]).toBe('LTAI5tYihuPortal0001')
  expect(given?.[3]).toBe(signatureOf(request, given?.[2] ?? ''))
})

test('a verification code goes out under its own template', async () => {
  answer({ Code: 'OK', BizId: '1^0' })
  await sms.sendCode({ phone: '13900139002', code: '482913', validMinutes: 10 })
  const query = new URL(stub.requests[0]?.url ?? '', stub.url).searchParams
  expect([query.get('TemplateCode'), query.get('TemplateParam')]).toEqual([
    'SMS_154950909',
    '{"code":"482913"}',
  ])
})

test.each([
  ['isv.BUSINESS_LIMIT_CONTROL', 200, 'later', null],
  ['isv.AMOUNT_NOT_ENOUGH', 200, 'later', 'rest-channel'],
  ['isv.DAY_LIMIT_CONTROL', 200, 'later', 'rest-channel'],
  ['isv.SMS_TEMPLATE_ILLEGAL', 200, 'failed', 'rest-template'],
  ['isv.MOBILE_NUMBER_ILLEGAL', 200, 'refused', 'unreachable'],
  ['isv.BLACK_KEY_CONTROL_LIMIT', 200, 'failed', 'page-staff'],
  ['isv.SOMETHING_NEW', 200, 'later', 'page-staff'],
  ['SignatureDoesNotMatch', 400, 'later', 'rest-channel'],
  ['InvalidAccessKeyId.NotFound', 404, 'later', 'rest-channel'],
  ['Throttling.User', 400, 'later', 'rest-channel'],
  ['ServiceUnavailable', 503, 'later', 'page-staff'],
] as const)('%s (HTTP %s) is %s, and the advice is %s', async (code, status, state, advice) => {
  answer({ Code: code, Message: 'x', RequestId: 'F' }, status)
  expect(await sms.send(MESSAGE)).toMatchObject({ state, advice, platformCode: code })
  expect(stub.requests).toHaveLength(1)
})

test.each<[string, Parameters<StubServer['answer']>[0]]>([
  ['never answers', () => undefined],
  ['answers 500', (_request, response) => response.writeHead(500).end('{"Code":"InternalError"}')],
  ['answers a web page', (_request, response) => response.end('<html>')],
  ['answers null', (_request, response) => response.end('null')],
  ['cuts the connection', (_request, response) => response.destroy()],
])(
  'N07: a message on which the provider %s is unknown, and the SDK does not send it again',
  async (_name, misbehave) => {
    stub.answer(misbehave)
    expect(await channel(stub.url, 300).send(MESSAGE)).toMatchObject({ state: 'unknown' })
    expect(stub.requests).toHaveLength(1)
  },
)

test('a provider that cannot be reached is tried later', async () => {
  const { url } = stub
  await stub.close()
  expect(await channel(url).send(MESSAGE)).toMatchObject({ state: 'later' })
  stub = await startStub()
})

test('nothing that is thrown or answered carries the number or the words', async () => {
  stub.answer((_request, response) => response.destroy())
  const outcome = await sms.send({ ...MESSAGE, fields: { name: '张玉' } })
  expect(JSON.stringify(outcome)).not.toMatch(/1380013|张玉/)
})

test('a text costs by its parts: 70 characters are one, then 67 each, the signature counted', () => {
  expect(sms.costOf('一'.repeat(66))).toEqual({ parts: 1, costFen: 5 })
  expect(sms.costOf('一'.repeat(67))).toEqual({ parts: 2, costFen: 10 })
  expect(sms.costOf('一'.repeat(130))).toEqual({ parts: 2, costFen: 10 })
  expect(sms.costOf('一'.repeat(131))).toEqual({ parts: 3, costFen: 15 })
})

describe('status reports', () => {
  const REPORT = {
    phone_number: '13811110000',
    send_time: '2026-11-22 00:00:00',
    report_time: '2026-11-22 00:00:03',
    success: true,
    err_code: 'DELIVERED',
    err_msg: '用户接收成功',
    sms_size: '2',
    biz_id: '900619746936498440^0',
    out_id: '67890',
  }
  const body = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
  const refusedAs = (code: string): Error => expect.objectContaining({ code }) as Error

  test('N21: a message that was taken and then failed is told so by its number, without the phone', () => {
    const failed = { ...REPORT, success: false, err_code: 'MK:0001', sms_size: 1, biz_id: '2^0' }
    expect(sms.readReports(TOKEN, body([REPORT, failed]))).toEqual([
      { platformMessageId: '900619746936498440^0', state: 'delivered', code: 'DELIVERED', parts: 2 },
      { platformMessageId: '2^0', state: 'failed', code: 'MK:0001', parts: 1 },
    ])
  })

  test('are believed from the secret address only', () => {
    for (const token of ['', TOKEN.slice(1), `${TOKEN}x`])
      expect(() => sms.readReports(token, body([REPORT]))).toThrow(refusedAs('bad_signature'))
  })

  test.each([
    ['no list', REPORT],
    ['an empty list', []],
    ['without a number', [{ ...REPORT, biz_id: undefined }]],
    ['success as text', [{ ...REPORT, success: 'true' }]],
    ['too many', Array.from({ length: 1001 }, () => REPORT)],
  ])('%s is refused', (_what, value) => {
    expect(() => sms.readReports(TOKEN, body(value))).toThrow(refusedAs('malformed_notice'))
  })
})
