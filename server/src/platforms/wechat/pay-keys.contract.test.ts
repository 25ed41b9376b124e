import { createCipheriv, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { generateSandboxKeys } from '../../../../sandbox/src/keys'
import { fixedClock } from '../../core/clock'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { startStub, type StubServer } from '../testing/stub-server'
import { createWechatPay, type WechatPay } from './pay'

/** Platform certificates need X.509, which only the sandbox can make; the platform here is a stub all the same. */
const keys = generateSandboxKeys({ mchids: ['1900000101'], alipayAppIds: [] })
const [own] = keys.server.merchants
const [theirs] = keys.sandbox.merchants
if (!own || !theirs) throw new Error('no keys')
const certificateKey = createPrivateKey(theirs.platformPrivateKeyPem)
const publicModeKey = createPrivateKey(theirs.publicKeyPrivatePem)
const clock = fixedClock(1_767_232_801_000)

let stub: StubServer
let http: OutgoingHttp
let pay: WechatPay

beforeEach(async () => {
  stub = await startStub()
  http = createOutgoingHttp({ connectTimeoutMs: 500, totalTimeoutMs: 2000 })
  pay = createWechatPay({
    merchants: {
      heating: {
        mchid: own.mchid,
        apiV3Key: own.apiV3Key,
        serial: own.merchantSerial,
        privateKeyPem: own.merchantPrivateKeyPem,
        publicKeyId: own.publicKeyId,
        publicKeyPem: own.wechatPayPublicKeyPem,
        useCertificates: true,
      },
    },
    baseUrl: stub.url,
    http,
    clock,
    log: { warn: () => undefined },
  })
})

afterEach(async () => {
  await stub.close()
  await http.close()
})

function seal(plain: string): {
  nonce: string
  ciphertext: string
  algorithm: string
  associated_data: string
} {
  const cipher = createCipheriv('aes-256-gcm', own?.apiV3Key ?? '', '0123456789ab')
  cipher.setAAD(Buffer.from('certificate'))
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    nonce: '0123456789ab',
    ciphertext: bytes.toString('base64'),
    algorithm: 'AEAD_AES_256_GCM',
    associated_data: 'certificate',
  }
}

function signatureOf(body: string, serial: string, key: KeyObject): Record<string, string> {
  const timestamp = String(clock.now() / 1000)
  const text = Buffer.from(`${timestamp}\nNONCE\n${body}\n`)
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'NONCE',
    'wechatpay-serial': serial,
    'wechatpay-signature': sign('RSA-SHA256', text, key).toString('base64'),
  }
}

function serveCertificates(key = certificateKey): void {
  stub.answer((_request, response) => {
    const item = {
      serial_no: theirs?.platformSerial,
      effective_time: '2026-01-01T00:00:00+08:00',
      expire_time: '2031-01-01T00:00:00+08:00',
      encrypt_certificate: seal(theirs?.platformCertPem ?? ''),
    }
    const body = JSON.stringify({ data: [item] })
    response.writeHead(200, signatureOf(body, theirs?.platformSerial ?? '', key)).end(body)
  })
}

/** A notice that is genuine as far as its signature goes; being no envelope it is then malformed. */
const readSigned = (serial: string, key: KeyObject) =>
  pay.readNotice(signatureOf('{}', serial, key), Buffer.from('{}'))
const verified = { code: 'malformed_notice' }
const refused = { code: 'bad_signature' }
const UNKNOWN = '5FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'

test('F18: certificate and public key alternate, and the header chooses', async () => {
  serveCertificates()
  for (let round = 0; round < 3; round++) {
    await expect(readSigned(theirs.platformSerial, certificateKey)).rejects.toMatchObject(verified)
    await expect(readSigned(own.publicKeyId, publicModeKey)).rejects.toMatchObject(verified)
    await expect(readSigned(own.publicKeyId, certificateKey)).rejects.toMatchObject(refused)
    await expect(readSigned(theirs.platformSerial, publicModeKey)).rejects.toMatchObject(refused)
  }
  expect(stub.requests).toHaveLength(1)
})

test('F17: a thousand notices with an unknown serial cost one look at the platform a minute', async () => {
  serveCertificates()
  const storm = await Promise.allSettled(
    Array.from({ length: 1000 }, () => readSigned(UNKNOWN, certificateKey)),
  )
  expect(storm.every((one) => one.status === 'rejected' && one.reason.code === 'bad_signature')).toBe(true)
  await expect(readSigned(UNKNOWN, certificateKey)).rejects.toMatchObject(refused)
  expect(stub.requests).toHaveLength(1)
  clock.advance(60_000)
  await expect(readSigned(UNKNOWN, certificateKey)).rejects.toMatchObject(refused)
  expect(stub.requests).toHaveLength(2)
})

test('a merchant without certificates starts, and only certificate serials are refused', async () => {
  stub.answer((_request, response) =>
    response.writeHead(404).end('{"code":"RESOURCE_NOT_EXISTS","message":"…"}'),
  )
  await expect(readSigned(theirs.platformSerial, certificateKey)).rejects.toMatchObject(refused)
  await expect(readSigned(own.publicKeyId, publicModeKey)).rejects.toMatchObject(verified)
})

test('a certificate list that a stranger signed is not taken', async () => {
  serveCertificates(createPrivateKey(own.merchantPrivateKeyPem))
  await expect(readSigned(theirs.platformSerial, certificateKey)).rejects.toMatchObject(refused)
})
