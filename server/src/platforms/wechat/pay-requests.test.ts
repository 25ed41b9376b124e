import { createPublicKey, verify } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import { payMerchant } from './pay-merchant'
import { buildPayRequest } from './pay-requests'
import { signedBy } from './pay-signatures'
import { GET_SIGNATURE, PAY_SIGN, POST_SIGNATURE, PRINTED_PUBLIC_KEY_PEM } from './vectors.fixture'

const clock = fixedClock(1_554_208_460_000)
const keys = testKey()
const merchant = payMerchant('heating', {
  mchid: '1900007291',
  apiV3Key: '0123456789abcdef0123456789abcdef',
  serial: '408b07e79b8269fec3d5d3e6ab8ed163a6a380db',
  privateKeyPem: keys.privateKeyPem,
  publicKeyId: 'PUB_KEY_ID_0001',
  publicKeyPem: keys.publicKeyPem,
  useCertificates: false,
})
const BODY =
  '{"appid":"wxd678efh567hg6787","mchid":"1900007291","description":"Image形象店-深圳腾大-QQ公仔","out_trade_no":"1217752501201407033233368018","notify_url":"https://www.weixin.qq.com/wxpay/pay.php","amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'

/** The text our request was signed over, put together from the parts that are sent. */
function signedText(request: {
  method: string
  pathAndQuery: string
  body: string | null
  headers: Record<string, string>
}) {
  const part = (name: string): string =>
    new RegExp(`${name}="([^"]*)"`).exec(request.headers['Authorization'] ?? '')?.[1] ?? ''
  const text = `${request.method}\n${request.pathAndQuery}\n${part('timestamp')}\n${part('nonce_str')}\n${request.body ?? ''}\n`
  return { text, part, signature: Buffer.from(part('signature'), 'base64') }
}

test('the texts that we sign are the ones that the printed signatures are over', () => {
  const key = createPublicKey(PRINTED_PUBLIC_KEY_PEM)
  const head = '1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n'
  const printed: [string, string][] = [
    [`GET\n/v3/refund/domestic/refunds/123123123123\n${head}\n`, GET_SIGNATURE],
    [`POST\n/v3/pay/transactions/jsapi\n${head}${BODY}\n`, POST_SIGNATURE],
    [`wx2421b1c4370ec43b\n${head}prepay_id=wx201410272009395522657a690389285100\n`, PAY_SIGN],
  ]
  for (const [text, signature] of printed) {
    expect(verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64'))).toBe(true)
  }
})

test('an order is sent with exactly the body that was signed, by our clock and serial number', async () => {
  const request = await buildPayRequest(merchant, clock, (library) =>
    library.transactions_jsapi(JSON.parse(BODY)),
  )
  expect(request.body).toBe(BODY)
  expect(request.pathAndQuery).toBe('/v3/pay/transactions/jsapi')
  const { text, part, signature } = signedText(request)
  expect(verify('RSA-SHA256', Buffer.from(text), createPublicKey(keys.publicKeyPem), signature)).toBe(true)
  expect(part('timestamp')).toBe('1554208460')
  expect(part('serial_no')).toBe('408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB')
  expect(part('nonce_str')).toMatch(/^[0-9a-f]{32}$/)
  expect(request.headers).toMatchObject({
    Accept: 'application/json',
    'User-Agent': 'yihu-portal/1',
    'Wechatpay-Serial': 'PUB_KEY_ID_0001',
  })
})

test('a query signs its ?mchid= too', async () => {
  const request = await buildPayRequest(merchant, clock, (library) =>
    library.query({ out_trade_no: 'HEAT01' }),
  )
  expect(request.pathAndQuery).toBe('/v3/pay/transactions/out-trade-no/HEAT01?mchid=1900007291')
  const { text, signature } = signedText(request)
  expect(verify('RSA-SHA256', Buffer.from(text), createPublicKey(keys.publicKeyPem), signature)).toBe(true)
})

test('an answer is verified over its bytes, so one more space is another answer', () => {
  const headers = { timestamp: '1', nonce: 'n', serial: 's', signature: Buffer.alloc(256) }
  expect(signedBy(createPublicKey(PRINTED_PUBLIC_KEY_PEM), headers, Buffer.from('{}'))).toBe(false)
})
