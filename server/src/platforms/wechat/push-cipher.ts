import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

const BLOCK = 32
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4

/** SHA-1 in hex over the parts, sorted as plain bytes and joined (wechat.md 2.1). */
export function pushSignature(parts: readonly string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort((a, b) => Buffer.compare(a, b))
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex')
}

/** Compares without telling by its time how much was right. */
export function pushSignatureIs(given: string, parts: readonly string[]): boolean {
  const wanted = Buffer.from(pushSignature(parts))
  const got = Buffer.from(given)
  return got.length === wanted.length && timingSafeEqual(got, wanted)
}

/**
 * Opens a message of safe mode (wechat.md 2.2): AES-256-CBC over random(16) | length(4) | message | appid, padded to a
 * multiple of 32. Null when it is not of this key and account. Only messages with a right signature come here, so
 * the reason is nobody's oracle.
 */
export function openPush(encodingAesKey: string, appId: string, encrypted: string): string | null {
  const cipherText = Buffer.from(encrypted, 'base64')
  if (cipherText.length === 0 || cipherText.length % 16 !== 0) return null
  const key = keyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(cipherText), decipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK || pad > padded.length) return null
  const plain = padded.subarray(0, padded.length - pad)
  if (plain.length < RANDOM_BYTES + LENGTH_BYTES) return null
  const start = RANDOM_BYTES + LENGTH_BYTES
  const end = start + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.length || plain.subarray(end).toString() !== appId) return null
  return plain.subarray(start, end).toString('utf8')
}

/** The other direction, for answers. `random` is sixteen bytes, fresh for each. */
export function sealPush(encodingAesKey: string, appId: string, message: string, random: Buffer): string {
  const key = keyOf(encodingAesKey)
  const body = Buffer.from(message)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(appId)])
  const missing = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(missing, missing)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64')
}
