import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { AlipayAppConfig } from '../config'

/**
 * Keys as people paste them: PEM or the bare base64 of Alipay's key tool, PKCS#1 or PKCS#8, with invisible
 * characters or literal `\n`. All become KeyObjects once, so that nothing later depends on the form.
 */
export function readPrivateKey(text: string): KeyObject {
  const der = derOf(text)
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' })
  }
}

export function readPublicKey(text: string): KeyObject {
  return createPublicKey({ key: derOf(text), format: 'der', type: 'spki' })
}

/** The key with which Alipay signs for this application. */
export function alipayKeyOf(app: AlipayAppConfig): KeyObject {
  return app.mode === 'key'
    ? readPublicKey(app.alipayPublicKey)
    : new X509Certificate(app.alipayPublicCertPem).publicKey
}

function derOf(text: string): Buffer {
  const bare = text
    .replaceAll('\\n', '')
    .replace(/-----[A-Z ]+-----/g, '')
    .replace(/[^A-Za-z0-9+/=]/g, '')
  return Buffer.from(bare, 'base64')
}
