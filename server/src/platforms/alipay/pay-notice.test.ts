import { createPublicKey, createSign, generateKeyPairSync, verify } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import { alipayApp } from './app'
import { createAlipayPay } from './pay'
import { readAlipayNotice } from './pay-notice'

const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 })
const APP_ID = '2021000000000001'
const app = alipayApp(
  {
    mode: 'key',
    appId: APP_ID,
    privateKey: testKey().privateKeyPem,
    alipayPublicKey: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  },
  'http://127.0.0.1:9/gateway.do',
  fixedClock(0),
)

const PAID: Record<string, string> = {
  app_id: APP_ID,
  charset: 'utf-8',
  notify_id: '2026112200222123842072091418847652',
  notify_type: 'trade_status_sync',
  out_trade_no: 'U20261122000001',
  trade_no: '2026112222001472091400000001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '128.50',
  buyer_pay_amount: '120.00',
  seller_id: '2088000000000001',
  buyer_open_id: '074a1CcTG1Lel',
  gmt_payment: '2026-11-22 12:38:41',
  subject: '供热费 100% + 2026-2027',
  version: '1.0',
}

function signed(fields: Record<string, string>, algorithm = 'RSA-SHA256', key = alipay.privateKey): string {
  const text = Object.keys(fields)
    .filter((name) => name !== 'sign_type' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
  return createSign(algorithm).update(text).sign(key, 'base64')
}

function form(change: Record<string, string> = {}, signType = 'RSA2', algorithm = 'RSA-SHA256'): string {
  const fields = { ...PAID, ...change }
  return new URLSearchParams({ ...fields, sign: signed(fields, algorithm), sign_type: signType }).toString()
}

const read = (body: string) => readAlipayNotice([app], Buffer.from(body))
const thrown = (body: string): unknown => {
  try {
    return read(body)
  } catch (error) {
    return error
  }
}
const bad = { code: 'bad_signature' }

test('a payment is read into fen, Shanghai time and the payer’s open_id', () => {
  expect(read(form())).toMatchObject({
    noticeId: PAID['notify_id'],
    kind: 'paid',
    orderNo: 'U20261122000001',
    trade: {
      tradeNo: PAID['trade_no'],
      appId: APP_ID,
      merchantId: '2088000000000001',
      amountFen: 12_850,
      payerAmountFen: 12_000,
      currency: 'CNY',
      paidAt: Date.UTC(2026, 10, 22, 4, 38, 41),
      payerSubject: '074a1CcTG1Lel',
    },
    refund: null,
  })
})

test('empty values may or may not be part of what was signed', () => {
  expect(read(form({ body: '' })).kind).toBe('paid')
  const fields = { ...PAID, body: '' }
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name as keyof typeof fields]}`)
    .join('&')
  const sign = createSign('RSA-SHA256').update(text).sign(alipay.privateKey, 'base64')
  expect(read(new URLSearchParams({ ...fields, sign, sign_type: 'RSA2' }).toString()).kind).toBe('paid')
})

test('F26: a doubled parameter, another sign_type, another charset and an undecoded signature are refused', () => {
  expect(thrown(`${form()}&total_amount=0.01`)).toMatchObject(bad)
  expect(thrown(`${form()}&app_id=${APP_ID}`)).toMatchObject(bad)
  expect(thrown(form({}, 'RSA', 'RSA-SHA1'))).toMatchObject(bad)
  expect(thrown(form({}, 'RSA'))).toMatchObject(bad)
  expect(thrown(form({}, 'MD5'))).toMatchObject(bad)
  expect(thrown(form({ charset: 'gbk' }))).toMatchObject(bad)
  const encoded = Object.fromEntries(
    Object.entries(PAID).map(([name, value]) => [name, encodeURIComponent(value)]),
  )
  const overEncoded = new URLSearchParams({ ...PAID, sign: signed(encoded), sign_type: 'RSA2' }).toString()
  expect(thrown(overEncoded)).toMatchObject(bad)
  expect(thrown('')).toMatchObject(bad)
  expect(thrown(form().replace('128.50', '128.51'))).toMatchObject(bad)
})

test('F26: a stranger’s signature is refused', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const sign = signed(PAID, 'RSA-SHA256', stranger)
  expect(thrown(new URLSearchParams({ ...PAID, sign, sign_type: 'RSA2' }).toString())).toMatchObject(bad)
})

test('F09: a genuine notice of another application is read with its own app id, for settlement to refuse', () => {
  expect(read(form({ app_id: '2021999999999999' })).trade).toMatchObject({ appId: '2021999999999999' })
})

test.each([
  ['19.99', 1999],
  ['4.35', 435],
  ['0.10', 10],
])('F27: %s yuan is exactly %i fen', (text, fen) => {
  expect(read(form({ total_amount: text })).trade).toMatchObject({ amountFen: fen })
})

test.each(['19.990', '1e2', ' 19.99', '-1', '', '0x10', '１９'])('F27: "%s" is no amount', (text) => {
  expect(thrown(form({ total_amount: text }))).toMatchObject({ code: 'malformed_notice' })
})

test('F28: refunds, closings and the end of the refund period are told apart', () => {
  const refund = { refund_fee: '28.50', gmt_refund: '2026-11-23 09:51:36.631', out_biz_no: 'REFUND0001' }
  const refunded = { kind: 'refund', trade: null, refund: { refundNo: 'REFUND0001', state: 'succeeded' } }
  expect(read(form(refund))).toMatchObject(refunded)
  expect(read(form({ ...refund, trade_status: 'TRADE_CLOSED' }))).toMatchObject(refunded)
  expect(read(form({ trade_status: 'TRADE_CLOSED' }))).toMatchObject({
    kind: 'closed',
    trade: null,
    refund: null,
  })
  expect(read(form({ trade_status: 'TRADE_FINISHED' }))).toMatchObject({ kind: 'finished', refund: null })
  expect(read(form({ trade_status: 'WAIT_BUYER_PAY' }))).toMatchObject({ kind: 'other', trade: null })
})

test('F29: the acknowledgement is exactly seven bytes of plain text', () => {
  const pay = createAlipayPay({
    gateway: {
      http: { send: () => Promise.reject(new Error('unplanned')), close: () => Promise.resolve() },
      gatewayUrl: '',
    },
    apps: new Map([['mini', app]]),
    merchants: {},
  })
  expect(pay.ack(true)).toEqual({ status: 200, contentType: 'text/plain', body: 'success' })
  expect(Buffer.from(pay.ack(true).body)).toHaveLength(7)
  expect(pay.ack(false)).toEqual({ status: 500, contentType: 'text/plain', body: 'fail' })
})

test('requests carry China’s time wherever the process runs, and are signed with sign_type', () => {
  const zone = process.env['TZ']
  process.env['TZ'] = 'America/New_York'
  try {
    const parameters = app.signedParameters('alipay.trade.query', {
      bizContent: { out_trade_no: 'U1', a1b2: 'KEPT' },
    })
    expect(parameters.get('timestamp')).toBe('1970-01-01 08:00:00')
    expect(parameters.get('biz_content')).toBe('{"out_trade_no":"U1","a1b2":"KEPT"}')
    const text = [...parameters.keys()]
      .filter((name) => name !== 'sign')
      .sort()
      .map((name) => `${name}=${parameters.get(name)}`)
      .join('&')
    const signature = Buffer.from(parameters.get('sign') ?? '', 'base64')
    expect(verify('RSA-SHA256', Buffer.from(text), createPublicKey(testKey().publicKeyPem), signature)).toBe(
      true,
    )
  } finally {
    process.env['TZ'] = zone
  }
})
