import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

const keys = new Map<string, KeyObject>()

function cached(kind: 'private' | 'public', pem: string): KeyObject {
  const id = `${kind}${pem}`
  const known = keys.get(id)
  if (known) return known
  const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem)
  keys.set(id, key)
  return key
}

/** SHA256 with RSA (PKCS#1 v1.5), base64. */
export function signText(text: string | Buffer, privateKeyPem: string): string {
  return sign('sha256', Buffer.from(text), cached('private', privateKeyPem)).toString('base64')
}

/** Whether `signature` (base64) is the key's over these bytes. */
export function verifyText(text: string | Buffer, signature: string, publicKeyPem: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  return verify('sha256', Buffer.from(text), cached('public', publicKeyPem), Buffer.from(signature, 'base64'))
}

/** The text of a request signature: five lines, each ended, also the last (wechat.md 4.1). */
export function requestText(
  method: string,
  pathAndQuery: string,
  timestamp: string,
  nonce: string,
  body: Buffer | string,
): Buffer {
  const head = `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n`
  return Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from('\n')])
}

/** The text of an answer's or a callback's signature (wechat.md 4.2). */
export function answerText(timestamp: string, nonce: string, body: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), Buffer.from(body), Buffer.from('\n')])
}

/** The text that the client's paySign covers (wechat.md 4.5). */
export function paySignText(appId: string, timeStamp: string, nonceStr: string, packageText: string): string {
  return `${appId}\n${timeStamp}\n${nonceStr}\n${packageText}\n`
}

/** AEAD_AES_256_GCM: base64 of ciphertext and 16-byte tag; the key is the 32 ASCII bytes of the APIv3 key. */
export function seal(plaintext: string, apiV3Key: string, nonce: string, associatedData: string): string {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key, 'ascii'), Buffer.from(nonce, 'ascii'))
  cipher.setAAD(Buffer.from(associatedData))
  return Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
}

/** The reverse of `seal`; throws when the tag does not fit. */
export function unseal(ciphertext: string, apiV3Key: string, nonce: string, associatedData: string): string {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv(
    'aes-256-gcm',
    Buffer.from(apiV3Key, 'ascii'),
    Buffer.from(nonce, 'ascii'),
    {
      authTagLength: 16,
    },
  )
  decipher.setAAD(Buffer.from(associatedData))
  decipher.setAuthTag(bytes.subarray(bytes.length - 16))
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - 16)), decipher.final()]).toString(
    'utf8',
  )
}
