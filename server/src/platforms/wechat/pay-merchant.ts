import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { AppError } from '../../core/errors'
import type { WechatMerchantConfig } from '../config'

/** One merchant account, its keys parsed once: reading a PEM costs six times what a signature check does. */
export interface PayMerchant {
  readonly merchantKey: string
  readonly mchid: string
  readonly serial: string
  readonly apiV3Key: string
  readonly privateKey: KeyObject
  readonly publicKeyId: string | null
  readonly publicKey: KeyObject | null
  readonly useCertificates: boolean
}

export function payMerchant(merchantKey: string, config: WechatMerchantConfig): PayMerchant {
  return {
    merchantKey,
    mchid: config.mchid,
    serial: config.serial.toUpperCase(),
    apiV3Key: config.apiV3Key,
    privateKey: createPrivateKey(config.privateKeyPem),
    publicKeyId: config.publicKeyId ?? null,
    publicKey: config.publicKeyPem === undefined ? null : createPublicKey(config.publicKeyPem),
    useCertificates: config.useCertificates,
  }
}

/** SHA256 with RSA by the merchant's key, in base64. */
export function signAsMerchant(merchant: PayMerchant, text: string): string {
  return sign('RSA-SHA256', Buffer.from(text, 'utf8'), merchant.privateKey).toString('base64')
}

export function findMerchant(merchants: ReadonlyMap<string, PayMerchant>, merchantKey: string): PayMerchant {
  const merchant = merchants.get(merchantKey)
  if (!merchant)
    throw new AppError('internal', { detail: `no WeChat Pay merchant is configured as ${merchantKey}` })
  return merchant
}
