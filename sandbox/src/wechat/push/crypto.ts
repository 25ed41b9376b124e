import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

const BLOCK = 32

/** sha1 over the parts, sorted as plain bytes and joined; with the ciphertext as a part it is msg_signature. */
export function pushSignature(...parts: string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort((a, b) => Buffer.compare(a, b))
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex')
}

/**
 * Safe-mode encryption (wechat.md 2.2): AES-256-CBC over random(16) | length(4, bytes) | message | appid, padded to a
 * multiple of 32 by hand, since the cipher's own padding works in sixteens.
 */
export function encryptPush(encodingAesKey: string, appid: string, message: string, random: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([Buffer.from(random, 'ascii'), length, body, Buffer.from(appid)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64')
}

/** Opens what the account's server sealed; null unless padding, length and appid are exactly right. */
export function decryptPush(encodingAesKey: string, appid: string, encrypted: string): string | null {
  const sealed = Buffer.from(encrypted, 'base64')
  if (sealed.length === 0 || sealed.length % BLOCK !== 0) return null
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()])
  const pad = padded.at(-1) ?? 0
  const filling = padded.subarray(padded.length - pad)
  if (pad < 1 || pad > BLOCK || filling.some((byte) => byte !== pad)) return null
  const plain = padded.subarray(0, padded.length - pad)
  if (plain.length < 20) return null
  const end = 20 + plain.readUInt32BE(16)
  return plain.subarray(end).toString() === appid ? plain.subarray(20, end).toString() : null
}
