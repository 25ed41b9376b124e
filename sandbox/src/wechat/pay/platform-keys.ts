import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { answerText, signText } from './crypto'

/** The key a platform signature is made with, and the serial that names it. */
export interface PlatformKey {
  serial: string
  privateKeyPem: string
}

function certificateKey(merchant: MerchantConfig): PlatformKey {
  return { serial: merchant.platformSerial, privateKeyPem: merchant.platformPrivateKeyPem }
}

function publicModeKey(merchant: MerchantConfig): PlatformKey {
  return {
    serial: merchant.publicKeyId,
    privateKeyPem: merchant.publicKeyPrivatePem ?? merchant.platformPrivateKeyPem,
  }
}

/** The key for an answer: while both modes are served, the request's Wechatpay-Serial chooses (wechat.md 4.2). */
export function answerKey(merchant: MerchantConfig, askedSerial: string | undefined): PlatformKey {
  if (merchant.mode === 'publicKey') return publicModeKey(merchant)
  if (merchant.mode === 'certificate') return certificateKey(merchant)
  return askedSerial === merchant.publicKeyId ? publicModeKey(merchant) : certificateKey(merchant)
}

/** The key for a callback: during the migration week the two modes come mixed. */
export function callbackKey(kernel: Kernel, merchant: MerchantConfig): PlatformKey {
  if (merchant.mode === 'publicKey') return publicModeKey(merchant)
  if (merchant.mode === 'certificate') return certificateKey(merchant)
  return kernel.random.next() < 0.5 ? publicModeKey(merchant) : certificateKey(merchant)
}

/** The Wechatpay-* headers over this body. */
export function platformHeaders(
  kernel: Kernel,
  key: PlatformKey,
  body: string | Buffer,
  options: { probe?: boolean } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(kernel.clock.stamp() / 1000))
  const nonce = kernel.random.word(32)
  const genuine = signText(answerText(timestamp, nonce, body), key.privateKeyPem)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': options.probe ? `WECHATPAY/SIGNTEST/${genuine.slice(19)}` : genuine,
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}
