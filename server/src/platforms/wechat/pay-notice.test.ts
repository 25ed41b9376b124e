import {
  createCipheriv,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import type { PlatformKeys } from './pay-keys'
import { payMerchant } from './pay-merchant'
import { readPayNotice } from './pay-notice'
import { CALLBACK_BODY, CALLBACK_SIGNATURE, PRINTED_PUBLIC_KEY_PEM } from './vectors.fixture'

const API_V3_KEY = '0123456789abcdef0123456789abcdef'
const SERIAL = 'PUB_KEY_ID_0001'
const NOW_MS = 1_767_232_801_000
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const clock = fixedClock(NOW_MS)

function reader(publicKey: KeyObject, apiV3Key = API_V3_KEY) {
  const { privateKeyPem, publicKeyPem } = testKey()
  const merchant = payMerchant('heating', {
    mchid: '1900000101',
    apiV3Key,
    serial: '0123456789ABCDEF0123',
    privateKeyPem,
    publicKeyId: SERIAL,
    publicKeyPem,
    useCertificates: false,
  })
  const known = (serial: string): KeyObject | null => (serial === SERIAL ? publicKey : null)
  const keys: PlatformKeys = { known, find: (serial) => Promise.resolve(known(serial)) }
  return { clock, merchants: [merchant], keysOf: () => keys }
}

const own = reader(platform.publicKey)

function seal(plain: string, key = API_V3_KEY): string {
  const cipher = createCipheriv('aes-256-gcm', key, '0123456789ab')
  cipher.setAAD(Buffer.from('transaction'))
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

const PAID = {
  mchid: '1900000101',
  appid: 'wx0000000000000001',
  out_trade_no: 'HEAT20260101000001',
  transaction_id: '4200000001',
  trade_state: 'SUCCESS',
  success_time: '2026-01-01T10:00:00+08:00',
  payer: { openid: 'oUpF8uMuAJO' },
  amount: { total: 123_456, payer_total: 123_000, currency: 'CNY' },
  something_new: { that: 'we do not know' },
}

function notice(
  content: object = PAID,
  change: Record<string, unknown> = {},
  event = 'TRANSACTION.SUCCESS',
): Buffer {
  const resource = {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: seal(JSON.stringify(content)),
    associated_data: 'transaction',
    nonce: '0123456789ab',
    ...change,
  }
  return Buffer.from(
    JSON.stringify({ id: 'n-1', event_type: event, resource_type: 'encrypt-resource', resource }),
  )
}

function headersFor(body: Buffer, timestampMs = clock.now(), key: KeyObject = platform.privateKey) {
  const timestamp = String(timestampMs / 1000)
  const text = Buffer.concat([Buffer.from(`${timestamp}\nABCDEF\n`), body, Buffer.from('\n')])
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'ABCDEF',
    'wechatpay-serial': SERIAL,
    'wechatpay-signature': sign('RSA-SHA256', text, key).toString('base64'),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

describe('the documented callback', () => {
  const headers = {
    'wechatpay-timestamp': '1767232801',
    'wechatpay-nonce': 'ABCDEF0123456789ABCDEF0123456789',
    'wechatpay-serial': SERIAL,
    'wechatpay-signature': CALLBACK_SIGNATURE,
  }
  const printed = reader(createPublicKey(PRINTED_PUBLIC_KEY_PEM))

  test('is verified and opened to its documented content', async () => {
    const read = await readPayNotice(printed, headers, Buffer.from(CALLBACK_BODY))
    expect(read).toMatchObject({ kind: 'paid', orderNo: 'HEAT20260101000001', trade: { amountFen: 123_456 } })
    const digest = createHash('sha256').update(read.content).digest('hex')
    expect(digest).toBe('5af33650c8f9eb48b2355b9d2112e0b8b7117bb26525901ac7a961aa1584de93')
  })

  test('is refused when one byte of its ciphertext is another', async () => {
    const bent = Buffer.from(CALLBACK_BODY.replace('4ouKWSuj', '4ouKWSuk'))
    await expect(readPayNotice(printed, headers, bent)).rejects.toMatchObject({ code: 'bad_signature' })
  })
})

test('F13: each header missing, empty, doubled or malformed is refused', async () => {
  const body = notice()
  const good = headersFor(body)
  await expect(readPayNotice(own, good, body)).resolves.toMatchObject({ kind: 'paid' })
  const required = [
    'wechatpay-timestamp',
    'wechatpay-nonce',
    'wechatpay-serial',
    'wechatpay-signature',
  ] as const
  const faults: Record<string, string | string[] | undefined>[] = required.flatMap((name) => [
    { [name]: undefined },
    { [name]: '' },
    { [name]: `${good[name]}, ${good[name]}` },
    { [name]: [good[name], good[name]] },
  ])
  faults.push({ 'wechatpay-signature': `${good['wechatpay-signature'].slice(0, -4)}!!!=` })
  faults.push({ 'wechatpay-signature': ` ${good['wechatpay-signature']}` })
  faults.push({ 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' })
  for (const fault of faults) {
    const headers = { ...good, ...fault } as Record<string, string>
    await expect(readPayNotice(own, headers, body)).rejects.toMatchObject({ code: 'bad_signature' })
  }
})

test('F12: the probe that WeChat sends on purpose is refused and named', async () => {
  const body = notice()
  const headers = { ...headersFor(body), 'wechatpay-signature': `WECHATPAY/SIGNTEST/${'A'.repeat(325)}` }
  const reading = readPayNotice(own, headers, body)
  await expect(reading).rejects.toMatchObject({
    code: 'bad_signature',
    detail: 'wechat notice: signtest_probe',
  })
})

test('F15: 301 seconds away is refused on either side, 299 seconds away is taken', async () => {
  const body = notice()
  for (const seconds of [-301, 301]) {
    const reading = readPayNotice(own, headersFor(body, NOW_MS + seconds * 1000), body)
    await expect(reading).rejects.toMatchObject({ code: 'bad_signature', detail: 'wechat notice: stale' })
  }
  for (const seconds of [-299, 299]) {
    const reading = readPayNotice(own, headersFor(body, NOW_MS + seconds * 1000), body)
    await expect(reading).resolves.toMatchObject({ kind: 'paid' })
  }
})

test('F11: a notice signed by somebody else is refused', async () => {
  const body = notice()
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const reading = readPayNotice(own, headersFor(body, NOW_MS, stranger), body)
  await expect(reading).rejects.toMatchObject({ code: 'bad_signature', detail: 'wechat notice: signature' })
})

test('F19: a genuine notice that our APIv3 key does not open is kept apart from a forged one', async () => {
  const body = notice()
  const wrongKey = reader(platform.publicKey, 'ffffffffffffffffffffffffffffffff')
  const reading = readPayNotice(wrongKey, headersFor(body), body)
  await expect(reading).rejects.toMatchObject({ code: 'undecryptable_notice', status: 500 })
})

test('F20: an empty or tagless ciphertext and another algorithm are malformed; a changed byte or cut tag never opens', async () => {
  const sealed = Buffer.from(seal(JSON.stringify(PAID)), 'base64')
  const flipped = Buffer.from(sealed)
  flipped[3] = (flipped[3] ?? 0) ^ 1
  const cases: [Record<string, unknown>, string][] = [
    [{ ciphertext: '' }, 'malformed_notice'],
    [{ ciphertext: 'AAAA' }, 'malformed_notice'],
    [{ ciphertext: Buffer.alloc(4).toString('base64') }, 'malformed_notice'],
    [{ ciphertext: Buffer.alloc(16).toString('base64') }, 'malformed_notice'],
    [{ algorithm: 'AEAD_AES_128_GCM' }, 'malformed_notice'],
    [{ nonce: 'short' }, 'malformed_notice'],
    [{ ciphertext: sealed.subarray(0, sealed.length - 12).toString('base64') }, 'undecryptable_notice'],
    [{ ciphertext: flipped.toString('base64') }, 'undecryptable_notice'],
    [{ associated_data: 'refund' }, 'undecryptable_notice'],
  ]
  for (const [change, code] of cases) {
    const body = notice(PAID, change)
    await expect(readPayNotice(own, headersFor(body), body)).rejects.toMatchObject({ code })
  }
})

test('F10: refunds, other events and unpaid states are told apart and carry no trade', async () => {
  const read = (body: Buffer) => readPayNotice(own, headersFor(body), body)
  const refund = {
    mchid: '1900000101',
    out_trade_no: 'HEAT20260101000001',
    out_refund_no: 'R1',
    refund_id: '5000000001',
    refund_status: 'ABNORMAL',
  }
  expect(await read(notice(refund, {}, 'REFUND.ABNORMAL'))).toMatchObject({
    kind: 'refund',
    trade: null,
    refund: { refundNo: 'R1', state: 'abnormal' },
  })
  expect(await read(notice({ ...PAID, trade_state: 'CLOSED' }))).toMatchObject({
    kind: 'closed',
    trade: null,
  })
  expect(await read(notice({ ...PAID, trade_state: 'NOTPAY' }))).toMatchObject({ kind: 'other', trade: null })
  expect(await read(notice(PAID, {}, 'COUPON.USE'))).toMatchObject({ kind: 'other', trade: null })
  const foreign = await read(notice({ ...PAID, amount: { total: 1, currency: 'USD' } }))
  expect(foreign.trade).toMatchObject({ currency: 'USD' })
})
