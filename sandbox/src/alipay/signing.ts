import { createCipheriv, createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Alipay parameters after one form decoding: name to value, every value text. */
export type Params = Record<string, string>

const keys = new Map<string, KeyObject>()

function cached(pem: string, make: (pem: string) => KeyObject): KeyObject {
  const id = createHash('sha256').update(pem).digest('hex')
  const known = keys.get(id)
  if (known) return known
  const key = make(pem)
  keys.set(id, key)
  return key
}

function joinSorted(params: Params, dropped: readonly string[]): string {
  return Object.keys(params)
    .filter((name) => !dropped.includes(name) && params[name] !== '')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&')
}

/**
 * The text an application signs for the v1 gateway: every non-empty parameter except `sign`, sorted by name, raw
 * values. `sign_type` stays in (alipay.md 1.1).
 */
export function requestText(params: Params): string {
  return joinSorted(params, ['sign'])
}

/** The text Alipay signs for a notice or a return address: without `sign` and without `sign_type` (alipay.md 3.4). */
export function noticeText(params: Params): string {
  return joinSorted(params, ['sign', 'sign_type'])
}

/** RSA2: RSA PKCS#1 v1.5 with SHA-256 over UTF-8 text, in base64. */
export function signText(text: string, privateKeyPem: string): string {
  return sign(
    'RSA-SHA256',
    Buffer.from(text, 'utf8'),
    cached(privateKeyPem, (pem) => createPrivateKey(pem)),
  ).toString('base64')
}

/** Whether a base64 RSA2 signature over UTF-8 text belongs to the public key (PEM or certificate PEM). */
export function verifyText(text: string, signature: string, publicPem: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  const key = cached(publicPem, (pem) => createPublicKey(pem))
  return verify('RSA-SHA256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
}

/** AES-128-CBC with a zero IV and PKCS7, as Alipay encrypts phone numbers; the key is base64 (alipay.md 2.3). */
export function encryptAes(plain: string, aesKeyBase64: string): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(aesKeyBase64, 'base64'), Buffer.alloc(16))
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

/** Alipay writes JSON with escaped slashes, which is why answers are verified over their raw text. */
export function alipayJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/')
}
