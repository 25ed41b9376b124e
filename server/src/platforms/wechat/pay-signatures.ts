import { type KeyObject, verify } from 'node:crypto'
import { strictBase64 } from '../strict-base64'

/** What WeChat Pay sends beside a signed body (wechat.md 4.2). */
export interface SignatureHeaders {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: Buffer
}

type Headers = Record<string, string | string[] | undefined>

const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048'
const WINDOW_MS = 300_000
/** WeChat Pay sends wrong signatures on purpose to see whether we check; they fail like any other. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

// Node joins repeated headers with ", ", so a pattern without comma and space also refuses a doubled one.
const TIMESTAMP = /^\d{1,12}$/
const NONCE = /^[!-+\--~]{1,128}$/
const SERIAL = /^(?:[0-9A-Fa-f]{16,64}|PUB_KEY_ID_\d{1,64})$/

/**
 * Reads and checks everything that can be checked without a key. Answers the headers, or in one word why they
 * cannot be right.
 */
export function readSignatureHeaders(headers: Headers, nowMs: number): SignatureHeaders | string {
  const type = headers['wechatpay-signature-type']
  if (type !== undefined && type !== SIGNATURE_TYPE) return 'signature_type'
  const timestamp = matching(headers['wechatpay-timestamp'], TIMESTAMP)
  const nonce = matching(headers['wechatpay-nonce'], NONCE)
  const serial = matching(headers['wechatpay-serial'], SERIAL)
  const signatureText = headers['wechatpay-signature']
  if (timestamp === null || nonce === null || serial === null) return 'headers'
  if (typeof signatureText !== 'string') return 'headers'
  if (signatureText.startsWith(PROBE_PREFIX)) return 'signtest_probe'
  const signature = strictBase64(signatureText)
  if (!signature) return 'signature_form'
  if (Math.abs(nowMs - Number(timestamp) * 1000) > WINDOW_MS) return 'stale'
  return { timestamp, nonce, serial, signature }
}

/** Whether this key signed these bytes. Only the bytes as they came over the wire count. */
export function signedBy(key: KeyObject, headers: SignatureHeaders, rawBody: Buffer): boolean {
  const text = Buffer.concat([
    Buffer.from(`${headers.timestamp}\n${headers.nonce}\n`),
    rawBody,
    Buffer.from('\n'),
  ])
  return verify('RSA-SHA256', text, key, headers.signature)
}

function matching(value: string | string[] | undefined, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null
}
