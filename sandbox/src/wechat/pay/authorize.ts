import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { requestText, verifyText } from './crypto'
import { refusal, signError } from './errors'

/** Clock skew that WeChat Pay allows. */
export const SKEW_MS = 300_000

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 '
const NO_HEADER = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'
const NO_HEADER_FOR_PAY = '签名信息错误，验签失败'
const STALE = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'
const WRONG_SERIAL = '商户证书序列号有误。请使用签名私钥匹配的证书序列号'
const FORGED = '签名错误'

const PARTS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const

type Parts = Record<(typeof PARTS)[number], string>

/** What is needed of an HTTP request to decide who sent it. */
export interface SignedRequest {
  method: string
  /** Path and query after the host, as the merchant signed them; several when a prefix may have been signed too. */
  signedPaths: string[]
  authorization: string | undefined
  accept: string | undefined
  userAgent: string | undefined
  body: Buffer
}

function parse(header: string | undefined): Parts | null {
  if (!header?.startsWith(SCHEME)) return null
  const found: Record<string, string> = {}
  for (const piece of header.slice(SCHEME.length).split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"$/.exec(piece)
    const key = match?.[1]
    if (!match || key === undefined || found[key] !== undefined) return null
    found[key] = match[2] ?? ''
  }
  const complete = PARTS.every((part) => found[part]) && Object.keys(found).length === PARTS.length
  return complete ? (found as Parts) : null
}

/**
 * Who sent this request, or the platform's own refusal: headers, form, clock, serial, then the signature
 * (the order in which the probes of wechat.md 4.1 met them).
 */
export function authorize(kernel: Kernel, request: SignedRequest): MerchantConfig {
  if (!request.accept || !request.userAgent) {
    throw refusal('INVALID_REQUEST', 'Http头缺少Accept或User-Agent')
  }
  const parts = parse(request.authorization)
  if (!parts) {
    const isPay = request.signedPaths.some((path) => path.startsWith('/v3/pay/transactions'))
    throw signError(isPay ? NO_HEADER_FOR_PAY : NO_HEADER)
  }
  const sentMs = /^\d{1,12}$/.test(parts.timestamp) ? Number(parts.timestamp) * 1000 : Number.NaN
  // The header has whole seconds, so up to one second of the difference is rounding.
  if (!(Math.abs(kernel.clock.stamp() - sentMs) <= SKEW_MS + 999)) throw signError(STALE)
  const merchant = kernel.config.wechat.merchants.find((one) => one.mchid === parts.mchid)
  if (!merchant) throw refusal('MCH_NOT_EXISTS')
  if (parts.serial_no !== merchant.merchantSerial) throw signError(WRONG_SERIAL)
  const genuine = request.signedPaths.some((path) =>
    verifyText(
      requestText(request.method, path, parts.timestamp, parts.nonce_str, request.body),
      parts.signature,
      merchant.merchantPublicKeyPem,
    ),
  )
  if (!genuine) throw signError(FORGED)
  return merchant
}
