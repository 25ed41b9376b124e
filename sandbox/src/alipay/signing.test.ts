import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createCertificate, type DistinguishedName } from '../x509'
import { certificateSn, rootCertificateSn, serialHash } from './certificates'
import { alipayJson, encryptAes, noticeText, requestText, signText, verifyText } from './signing'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

test('the request text equals the documented one, byte for byte', () => {
  const biz =
    '{"out_trade_no":"U20261122000001","total_amount":"128.50","subject":"供热费 2026-2027","product_code":"JSAPI_PAY","op_app_id":"2021000000000001","buyer_open_id":"074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5","timeout_express":"30m"}'
  const text = requestText({
    version: '1.0',
    sign: 'anything',
    return_url: '',
    timestamp: '2026-11-22 12:38:24',
    sign_type: 'RSA2',
    notify_url: 'https://portal.example.com/notify/alipay',
    method: 'alipay.trade.create',
    charset: 'utf-8',
    biz_content: biz,
    app_id: '2021000000000001',
  })
  expect(Buffer.byteLength(text)).toBe(424)
  expect(sha256(text)).toBe('b90ba574dfdd4964fd94ec2a70f008896eb196cd9513ea6fa65f34457e41b90d')
})

test('the notice text drops sign_type and equals the documented one', () => {
  const raw =
    'app_id=2021000000000001&auth_app_id=2021000000000001&buyer_open_id=074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5&buyer_pay_amount=128.50&charset=utf-8&fund_bill_list=%5B%7B%22amount%22%3A%22128.50%22%2C%22fundChannel%22%3A%22ALIPAYACCOUNT%22%7D%5D&gmt_create=2026-11-22+12%3A38%3A25&gmt_payment=2026-11-22+12%3A38%3A41&invoice_amount=128.50&notify_id=2026112200222123842072091418847652&notify_time=2026-11-22+12%3A38%3A42&notify_type=trade_status_sync&out_trade_no=U20261122000001&point_amount=0.00&receipt_amount=128.50&seller_id=2088000000000001&subject=%E4%BE%9B%E7%83%AD%E8%B4%B9+2026-2027&total_amount=128.50&trade_no=2026112222001472091400000001&trade_status=TRADE_SUCCESS&version=1.0&sign=x&sign_type=RSA2'
  const text = noticeText(Object.fromEntries(new URLSearchParams(raw)))
  expect(Buffer.byteLength(text)).toBe(632)
  expect(sha256(text)).toBe('144249ea5a353c8ba00dc4ddac38d6673c1b1ab72d3457080b7f09edfa5c00c4')
})

test('the phone number vector is encrypted as documented', () => {
  expect(
    encryptAes('{"code":"10000","msg":"Success","mobile":"13800000000"}', 'aYA0GP8JEW+D7/UFaskCWA=='),
  ).toBe('4AOYHE0rpPnRnghunsGo+mY02DzANFLwNJJCiHfrNh375GHFTfq+I7L3zsc602kAm2ublcdPI4wFaQp9PcGDEA==')
})

test('a signature fails over one changed character and over text that is no base64', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const sign = signText('total_amount=128.50', privatePem)
  expect(verifyText('total_amount=128.50', sign, publicPem)).toBe(true)
  expect(verifyText('total_amount=128.51', sign, publicPem)).toBe(false)
  expect(verifyText('total_amount=128.50', '不是签名', publicPem)).toBe(false)
})

test('answers escape slashes as Alipay does', () => {
  expect(alipayJson({ url: 'http://a/b' })).toBe('{"url":"http:\\/\\/a\\/b"}')
})

describe('certificate serial numbers', () => {
  const issuer: DistinguishedName = [
    ['C', 'CN'],
    ['O', 'Ant Financial'],
    ['OU', 'Cert Authority'],
    ['CN', 'Ant CA R1'],
  ]
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = (serialHex: string): string =>
    createCertificate({
      subject: [['CN', 'anyone']],
      issuer,
      serialHex,
      notBeforeMs: Date.UTC(2026, 0, 1),
      notAfterMs: Date.UTC(2030, 0, 1),
      publicKey: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
      signingKey: privateKey,
      isAuthority: true,
    })

  test('the documented issuer and serial give the documented hash', () => {
    expect(serialHash('CN=Ant CA R1,OU=Cert Authority,O=Ant Financial,C=CN', '1234ab')).toBe(
      '46d56dde8a00d2dae0a667dc96907a4b',
    )
    expect(certificateSn(certificate('1234ab'))).toBe('46d56dde8a00d2dae0a667dc96907a4b')
  })

  test('the root number joins the RSA certificates and passes over the others', () => {
    const [first, second] = [certificate('01'), certificate('7fffffffffffffffffffffffffffffffffffffff')]
    const chain = `${first}\n${ECDSA_ROOT}\n${second}`
    expect(rootCertificateSn(chain)).toBe(`${certificateSn(first)}_${certificateSn(second)}`)
  })
})

/** A self-signed P-256 certificate: its signature algorithm is not RSA. */
const ECDSA_ROOT = `-----BEGIN CERTIFICATE-----
MIIBsjCCAVegAwIBAgIUWt5+FdSdT7BUHJn86bH5U3S7KBQwCgYIKoZIzj0EAwIw
LTELMAkGA1UEBhMCQ04xDDAKBgNVBAoMA0FudDEQMA4GA1UEAwwHRUMgUm9vdDAg
Fw0yNjExMjIwNjI4NTBaGA8yMDgxMDgyNTA2Mjg1MFowLTELMAkGA1UEBhMCQ04x
DDAKBgNVBAoMA0FudDEQMA4GA1UEAwwHRUMgUm9vdDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABGdCywvajo6qaKJIKVkSgheTgsqzLxgIC9OJMcnsZimkv7bpnLRM
LE6HC8MKb23NlbcGbr8A+tOWHAUT13ARNxyjUzBRMB0GA1UdDgQWBBTCbNxJ32/6
pb3t5i8IpenKcMuuVzAfBgNVHSMEGDAWgBTCbNxJ32/6pb3t5i8IpenKcMuuVzAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDhqFOEzUu4hz5loWBn
UfdtxMlHj/MrcyhvSO6rUUr61gIhAMuXqOZKtGVjGsuA47ft6UQsz25Gtt+H5jee
Dep16Ur7
-----END CERTIFICATE-----`
