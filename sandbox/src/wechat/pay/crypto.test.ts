import { createHash } from 'node:crypto'
import { answerText, paySignText, requestText, seal, unseal, verifyText } from './crypto'
import {
  CALLBACK_BODY,
  CALLBACK_SIGNATURE,
  GET_SIGNATURE,
  PAY_SIGNATURE,
  POST_BODY,
  POST_SIGNATURE,
  VECTOR_NONCE,
  VECTOR_PUBLIC_KEY,
  VECTOR_TIMESTAMP,
} from './vectors'

const KEY = '0123456789abcdef0123456789abcdef'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

describe('the documented vectors of WeChat Pay v3', () => {
  it('verifies the printed request signatures, and no changed request', () => {
    const get = (path: string): Buffer => requestText('GET', path, VECTOR_TIMESTAMP, VECTOR_NONCE, '')
    expect(
      verifyText(get('/v3/refund/domestic/refunds/123123123123'), GET_SIGNATURE, VECTOR_PUBLIC_KEY),
    ).toBe(true)
    expect(
      verifyText(get('/v3/refund/domestic/refunds/123123123124'), GET_SIGNATURE, VECTOR_PUBLIC_KEY),
    ).toBe(false)
    const post = (body: string): Buffer =>
      requestText('POST', '/v3/pay/transactions/jsapi', VECTOR_TIMESTAMP, VECTOR_NONCE, body)
    expect(verifyText(post(POST_BODY), POST_SIGNATURE, VECTOR_PUBLIC_KEY)).toBe(true)
    expect(verifyText(post(POST_BODY.replace('100', '101')), POST_SIGNATURE, VECTOR_PUBLIC_KEY)).toBe(false)
  })

  it('verifies the printed paySign', () => {
    const text = (packageText: string): string =>
      paySignText('wx2421b1c4370ec43b', VECTOR_TIMESTAMP, VECTOR_NONCE, packageText)
    const prepay = 'prepay_id=wx201410272009395522657a690389285100'
    expect(verifyText(text(prepay), PAY_SIGNATURE, VECTOR_PUBLIC_KEY)).toBe(true)
    expect(verifyText(text(`${prepay}1`), PAY_SIGNATURE, VECTOR_PUBLIC_KEY)).toBe(false)
  })

  it('verifies the printed callback over its raw bytes and opens it', () => {
    const nonce = 'ABCDEF0123456789ABCDEF0123456789'
    expect(Buffer.byteLength(CALLBACK_BODY)).toBe(919)
    expect(sha256(CALLBACK_BODY)).toBe('befac94ae7b8d86b41e0e4ae8448f3b784b061ad585f93eb4e985d0bc32c9564')
    expect(
      verifyText(answerText('1767232801', nonce, CALLBACK_BODY), CALLBACK_SIGNATURE, VECTOR_PUBLIC_KEY),
    ).toBe(true)
    const respaced = JSON.stringify(JSON.parse(CALLBACK_BODY), null, 1)
    expect(verifyText(answerText('1767232801', nonce, respaced), CALLBACK_SIGNATURE, VECTOR_PUBLIC_KEY)).toBe(
      false,
    )
    const { resource } = JSON.parse(CALLBACK_BODY) as { resource: { ciphertext: string; nonce: string } }
    const plaintext = unseal(resource.ciphertext, KEY, resource.nonce, 'transaction')
    expect(sha256(plaintext)).toBe('5af33650c8f9eb48b2355b9d2112e0b8b7117bb26525901ac7a961aa1584de93')
    expect(JSON.parse(plaintext)).toMatchObject({
      out_trade_no: 'HEAT20260101000001',
      amount: { total: 123_456 },
    })
    expect(seal(plaintext, KEY, resource.nonce, 'transaction')).toBe(resource.ciphertext)
  })

  it('seals as AEAD_AES_256_GCM does, and opens nothing that was changed', () => {
    const nonce = 'fdasflkja484'
    expect(seal('{"a":1}', KEY, nonce, 'transaction')).toBe('DUcSwf+vGlappypHfVVpZvzrQqhccy4=')
    expect(seal('{"a":1}', KEY, nonce, 'refund')).toBe('DUcSwf+vGoNeGnN+dgD6A2uLdXxrzT0=')
    expect(() => unseal('DUcSwf+vGlappypHfVVpZvzrQqhccy4=', KEY, nonce, 'refund')).toThrow('authenticate')
    expect(() => unseal('EUcSwf+vGlappypHfVVpZvzrQqhccy4=', KEY, nonce, 'transaction')).toThrow(
      'authenticate',
    )
  })

  it('takes nothing for a signature that is not base64', () => {
    expect(verifyText('x', 'WECHATPAY/SIGNTEST/…', VECTOR_PUBLIC_KEY)).toBe(false)
  })
})
