import { createDecipheriv } from 'node:crypto'
import { strictBase64 } from '../strict-base64'

/** Alipay's content encryption: AES-128-CBC, a zero IV, PKCS#7 (alipay.md 2.3). Null when it does not open. */
export function decryptAes(aesKey: string, ciphertext: string): string | null {
  const sealed = strictBase64(ciphertext)
  if (!sealed) return null
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(aesKey, 'base64'), Buffer.alloc(16))
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
