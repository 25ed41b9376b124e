import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CoreCtx } from '../../core/context'

/**
 * The token of a printed code, 28 characters of base64url and nothing else: one byte of version and key id (four bits
 * each), the code's ten random bytes, and the first ten bytes of an HMAC-SHA256 over both. It says nothing about
 * the household; who has no key can make none, and finds out nothing about those that others made.
 */
const VERSION = 1
const ID_BYTES = 10
const MAC_BYTES = 10
const TOKEN = /^[A-Za-z0-9_-]{28}$/
/** Stands in for a key that we do not have, so that the same work is done and the same time passes. */
const NO_KEY = Buffer.alloc(32, 0xa5)

/** What a token names, once its signature was found right. */
export interface NamedCode {
  /** 20 hex characters. */
  readonly publicId: string
  readonly keyId: number
}

type Secrets = { readonly config: Pick<CoreCtx['config'], 'secrets'> }

/** Errors: throws when the key of an older code is no longer configured. */
export function makeToken({ config }: Secrets, code: NamedCode): string {
  const key = config.secrets.codeKeys[String(code.keyId)]
  if (key === undefined) throw new Error(`There is no code key ${code.keyId}: it was taken out too early.`)
  const body = Buffer.concat([Buffer.from([(VERSION << 4) | code.keyId]), Buffer.from(code.publicId, 'hex')])
  return Buffer.concat([body, sign(Buffer.from(key, 'base64'), body)]).toString('base64url')
}

/** What the token names; null for every text that is not a token of ours, whatever is wrong with it. */
export function readToken({ config }: Secrets, text: string): NamedCode | null {
  if (!TOKEN.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  const body = bytes.subarray(0, 1 + ID_BYTES)
  const head = bytes.readUInt8(0)
  const keyId = head & 0x0f
  const key = config.secrets.codeKeys[String(keyId)]
  const right = timingSafeEqual(
    sign(key === undefined ? NO_KEY : Buffer.from(key, 'base64'), body),
    bytes.subarray(1 + ID_BYTES),
  )
  if (!right || key === undefined || head >> 4 !== VERSION) return null
  return { publicId: body.subarray(1).toString('hex'), keyId }
}

/** The address that is printed. */
export function codeUrl(
  ctx: { readonly config: Pick<CoreCtx['config'], 'secrets' | 'http'> },
  code: NamedCode,
): string {
  return `${ctx.config.http.publicUrl}/q/${makeToken(ctx, code)}`
}

function sign(key: Buffer, body: Buffer): Buffer {
  return createHmac('sha256', key)
    .update('yihu household code\n')
    .update(body)
    .digest()
    .subarray(0, MAC_BYTES)
}
