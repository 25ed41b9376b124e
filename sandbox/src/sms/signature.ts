import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'

const WINDOW_MS = 15 * 60_000

function sortedJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? {})
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** The text that is signed: sorted `name=value` pairs, both percent-encoded, joined by `&`. */
function smsSigningText(fields: {
  apiKey: string
  nonce: string
  timestamp: string
  phone: string
  templateCode: string
  params: unknown
}): string {
  const pairs: Record<string, string> = { ...fields, params: sortedJson(fields.params) }
  return Object.keys(pairs)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(pairs[name] ?? '')}`)
    .join('&')
}

function sameHex(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What is wrong with a request's headers, or undefined. A nonce counts as used only once the signature is right. */
export function checkSignature(
  kernel: Kernel,
  ctx: RouterContext,
  body: Record<string, unknown>,
): { code: string; message: string } | undefined {
  const { apiKey, apiSecret } = kernel.config.sms
  const timestamp = ctx.get('x-sms-timestamp')
  const nonce = ctx.get('x-sms-nonce')
  if (ctx.get('x-sms-key') !== apiKey) return { code: 'isv.INVALID_APP_KEY', message: 'apiKey 不存在' }
  const nowMs = kernel.clock.now()
  const apartMs = Math.min(
    Math.abs(Number(timestamp) - nowMs),
    Math.abs(Number(timestamp) - (nowMs - kernel.clock.leadMs())),
  )
  if (!/^\d{13}$/.test(timestamp) || apartMs > WINDOW_MS) {
    return { code: 'isv.TIMESTAMP_EXPIRED', message: '时间戳过期，请校准服务器时间' }
  }
  if (!/^[\w-]{8,64}$/.test(nonce)) return { code: 'isv.NONCE_ILLEGAL', message: 'nonce 应为 8 到 64 个字符' }
  const text = smsSigningText({
    apiKey,
    nonce,
    timestamp,
    phone: String(body['phone'] ?? ''),
    templateCode: String(body['templateCode'] ?? ''),
    params: body['params'],
  })
  const expected = createHmac('sha256', apiSecret).update(text).digest('hex')
  if (!sameHex(expected, ctx.get('x-sms-sign')))
    return { code: 'isv.SIGNATURE_NOT_MATCH', message: '签名不匹配' }
  const nonces = kernel.store.table<number>('sms.nonces')
  if (nonces.get(nonce) !== undefined) return { code: 'isv.NONCE_USED', message: 'nonce 已使用' }
  nonces.put(nonce, nowMs)
  return undefined
}
