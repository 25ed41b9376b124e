import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import type { PrepayInput } from '../payment-channel'
import { MISBEHAVIOURS, startStub, type StubServer } from '../testing/stub-server'
import { createWechatPay, type WechatPay } from './pay'

const SERIAL = 'PUB_KEY_ID_0001'
const MCHID = '1900000101'
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const clock = fixedClock(1_767_232_801_000)
const ORDER = { merchantKey: 'heating', orderNo: 'HEAT20260101000001' }
const PREPAY: PrepayInput = {
  ...ORDER,
  product: 'wechat-mini',
  appId: 'wx0000000000000001',
  payer: { idType: 'openid', value: 'oUpF8uMuAJO' },
  amountFen: 100,
  description: '供热费',
  expiresAt: clock.now() + 600_000,
  notifyUrl: 'https://portal.example.com/callbacks/wechat/heating',
  returnUrl: null,
}
const REFUND = {
  ...ORDER,
  refundNo: 'REFUND0001',
  amountFen: 100,
  totalFen: 100,
  reason: '退',
  notifyUrl: 'https://x',
}

let stub: StubServer
let http: OutgoingHttp
let hasty: OutgoingHttp
let pay: WechatPay

beforeAll(async () => {
  stub = await startStub()
  http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
  hasty = createOutgoingHttp({ connectTimeoutMs: 500, totalTimeoutMs: 500 })
  pay = payThrough(http)
})

function payThrough(client: OutgoingHttp): WechatPay {
  return createWechatPay({
    merchants: {
      heating: {
        mchid: MCHID,
        apiV3Key: '0123456789abcdef0123456789abcdef',
        serial: '0123456789ABCDEF0123',
        privateKeyPem: testKey().privateKeyPem,
        publicKeyId: SERIAL,
        publicKeyPem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        useCertificates: false,
      },
    },
    baseUrl: stub.url,
    http: client,
    clock,
    log: { warn: () => undefined },
  })
}

afterAll(async () => {
  await stub.close()
  await http.close()
  await hasty.close()
})

interface Signing {
  readonly key?: KeyObject
  readonly serial?: string
  readonly atMs?: number
  /** Signed instead of the body. */
  readonly signed?: string
}

function signedAnswer(response: ServerResponse, status: number, body: string, signing: Signing = {}): void {
  const timestamp = String((signing.atMs ?? clock.now()) / 1000)
  const text = `${timestamp}\nNONCE\n${signing.signed ?? body}\n`
  response.writeHead(status, {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'NONCE',
    'wechatpay-serial': signing.serial ?? SERIAL,
    'wechatpay-signature': sign('RSA-SHA256', Buffer.from(text), signing.key ?? platform.privateKey).toString(
      'base64',
    ),
  })
  response.end(body)
}

function answerJson(status: number, json: unknown, signing: Signing = {}): void {
  stub.answer((_request, response) => signedAnswer(response, status, JSON.stringify(json), signing))
}

const UNPAID = { mchid: MCHID, out_trade_no: ORDER.orderNo, trade_state: 'NOTPAY' }
const unavailable = { code: 'platform_unavailable' }

describe.each(MISBEHAVIOURS)('WeChat Pay %s', (_name, misbehave) => {
  test('and nothing is taken for an answer', async () => {
    stub.answer(misbehave)
    const impatient = payThrough(hasty)
    const reports = [
      impatient.prepay(PREPAY),
      impatient.query(ORDER),
      impatient.close(ORDER),
      impatient.refund(REFUND),
      impatient.queryRefund(REFUND),
    ]
    for (const outcome of await Promise.allSettled(reports)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
    }
  })
})

describe('an answer is believed only when WeChat Pay signed it just now', () => {
  test('a right one is', async () => {
    answerJson(200, UNPAID)
    expect(await pay.query(ORDER)).toMatchObject({ state: 'unpaid' })
  })

  test.each<[string, Signing]>([
    ['an attacker’s key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
    ['an hour-old signature', { atMs: clock.now() - 3_600_000 }],
    ['a serial number that is not ours', { serial: 'PUB_KEY_ID_0002' }],
    ['a signature over other bytes', { signed: JSON.stringify({ ...UNPAID, trade_state: 'SUCCESS' }) }],
  ])('%s is refused', async (_name, signing) => {
    answerJson(200, UNPAID, signing)
    await expect(pay.query(ORDER)).rejects.toMatchObject(unavailable)
  })

  test('an unsigned one is refused', async () => {
    stub.answer((_request, response) => response.writeHead(200).end(JSON.stringify(UNPAID)))
    await expect(pay.query(ORDER)).rejects.toMatchObject(unavailable)
  })

  test('a genuine answer about another order or another merchant is refused', async () => {
    for (const change of [{ out_trade_no: 'HEAT20260101000002' }, { mchid: '1900000102' }]) {
      answerJson(200, { ...UNPAID, ...change })
      await expect(pay.query(ORDER)).rejects.toMatchObject(unavailable)
    }
  })

  test('202 is no result', async () => {
    answerJson(202, {})
    await expect(pay.refund(REFUND)).rejects.toMatchObject(unavailable)
  })
})

describe('what the platform’s refusals come to', () => {
  const refuse = (status: number, code: string) =>
    stub.answer((_request, response) =>
      response.writeHead(status).end(JSON.stringify({ code, message: '…' })),
    )

  test('an order that does not exist is not found; another 404 is not', async () => {
    refuse(404, 'ORDER_NOT_EXIST')
    expect(await pay.query(ORDER)).toMatchObject({ state: 'not_found' })
    refuse(404, 'MCH_NOT_EXISTS')
    await expect(pay.query(ORDER)).rejects.toMatchObject(unavailable)
  })

  test.each([
    ['SUCCESS', { kind: 'already-paid' }, 'paid'],
    ['CLOSED', { kind: 'already-closed' }, 'closed'],
  ])('F06: a used number leads to a look at the order: %s', async (state, prepaid, closed) => {
    const facts = {
      appid: PREPAY.appId,
      transaction_id: '420',
      success_time: '2026-01-01T10:00:00+08:00',
      amount: { total: 100, currency: 'CNY' },
    }
    stub.answer((request, response) => {
      if (request.method === 'POST') response.writeHead(403).end('{"code":"OUT_TRADE_NO_USED"}')
      else signedAnswer(response, 200, JSON.stringify({ ...UNPAID, ...facts, trade_state: state }))
    })
    expect(await pay.prepay(PREPAY)).toEqual(prepaid)
    expect(await pay.close(ORDER)).toBe(closed)
  })

  test('a refund of an account that cannot take it is for staff; lack of funds is tried again', async () => {
    refuse(403, 'USER_ACCOUNT_ABNORMAL')
    expect(await pay.refund(REFUND)).toMatchObject({ state: 'abnormal' })
    refuse(403, 'NOT_ENOUGH')
    await expect(pay.refund(REFUND)).rejects.toMatchObject(unavailable)
  })
})

test('204 closes an order when its empty body is signed', async () => {
  stub.answer((_request, response) => signedAnswer(response, 204, ''))
  expect(await pay.close(ORDER)).toBe('closed')
  expect(stub.requests.at(-1)?.body).toBe(`{"mchid":"${MCHID}"}`)
})

test('the handle of an order is good for two hours at most, and never longer than the order', async () => {
  answerJson(200, { prepay_id: 'wx2026' })
  const short = await pay.prepay(PREPAY)
  expect(short).toEqual({ kind: 'wechat-jsapi', handle: 'wx2026', handleExpiresAt: PREPAY.expiresAt })
  const long = await pay.prepay({ ...PREPAY, expiresAt: clock.now() + 86_400_000 })
  expect(long).toMatchObject({ handleExpiresAt: clock.now() + 7_200_000 })
})

test('the cashier’s parameters are signed by the merchant over app, time, nonce and package', () => {
  const signed = pay.signCashier({ appId: PREPAY.appId, prepayId: 'wx2026', merchantKey: 'heating' })
  const text = `${signed.appId}\n${signed.timeStamp}\n${signed.nonceStr}\n${signed.package}\n`
  expect(signed).toMatchObject({ package: 'prepay_id=wx2026', signType: 'RSA', timeStamp: '1767232801' })
  const key = createPublicKey(testKey().publicKeyPem)
  expect(verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signed.paySign, 'base64'))).toBe(true)
})

test('F17: an unknown public key id is refused without any call', async () => {
  const before = stub.requests.length
  const headers = {
    'wechatpay-timestamp': '1767232801',
    'wechatpay-nonce': 'N',
    'wechatpay-serial': 'PUB_KEY_ID_9999',
    'wechatpay-signature': Buffer.alloc(256).toString('base64'),
  }
  for (let count = 0; count < 1000; count++) {
    await expect(pay.readNotice(headers, Buffer.from('{}'))).rejects.toMatchObject({ code: 'bad_signature' })
  }
  expect(stub.requests.length).toBe(before)
})
