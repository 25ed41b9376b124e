import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'

const WINDOW_MS = 5 * 60_000

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function rawBytes(ctx: RouterContext): Buffer {
  const raw: unknown = ctx.state['rawBody']
  return Buffer.isBuffer(raw) ? raw : Buffer.alloc(0)
}

function isFresh(kernel: Kernel, timestamp: string): boolean {
  if (!/^\d{13}$/.test(timestamp)) return false
  const nowMs = kernel.clock.now()
  // A sandbox whose time was moved still hears a caller whose clock is true.
  return [nowMs, nowMs - kernel.clock.leadMs()].some((one) => Math.abs(Number(timestamp) - one) <= WINDOW_MS)
}

/** What is wrong with the headers of a request, or null. A nonce counts as used only once the signature is right. */
export function signatureFault(
  kernel: Kernel,
  ctx: RouterContext,
  account: { appKey: string; secret: string },
): string | null {
  const [timestamp, nonce] = [ctx.get('x-tax-timestamp'), ctx.get('x-tax-nonce')]
  if (ctx.get('x-tax-key') !== account.appKey) return 'appKey 不存在'
  if (!isFresh(kernel, timestamp)) return '时间戳过期'
  if (!/^[0-9A-Za-z]{16,64}$/.test(nonce)) return 'nonce 格式不对'
  const text = [ctx.method, ctx.originalUrl, timestamp, nonce, digest(rawBytes(ctx))].join('\n')
  const expected = Buffer.from(createHmac('sha256', account.secret).update(text).digest('base64'))
  const given = Buffer.from(ctx.get('x-tax-sign'))
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return '签名不匹配'
  const nonces = kernel.store.table<number>('tax.nonces')
  if (nonces.get(nonce) !== undefined) return 'nonce 已使用'
  nonces.put(nonce, kernel.clock.now())
  return null
}

/** Signs an answer for whoever asked with that nonce. */
export function signAnswer(ctx: RouterContext, secret: string, status: number, body: Buffer): void {
  const text = [ctx.get('x-tax-nonce'), String(status), digest(body)].join('\n')
  ctx.set('x-tax-sign', createHmac('sha256', secret).update(text).digest('base64'))
}
