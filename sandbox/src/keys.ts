import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { createCertificate, type DistinguishedName } from './x509'

/** One RSA-2048 pair, both halves as PEM (PKCS#8 and SPKI). */
export interface KeyPairPem {
  privateKeyPem: string
  publicKeyPem: string
}

/** A key pair with its certificate; `serial` is upper-case hexadecimal. */
export interface CertifiedKeys extends KeyPairPem {
  certPem: string
  serial: string
}

/** What the sandbox's configuration needs of one WeChat Pay merchant. */
export interface SandboxMerchantKeys {
  mchid: string
  apiV3Key: string
  merchantSerial: string
  merchantPublicKeyPem: string
  platformSerial: string
  platformPrivateKeyPem: string
  platformCertPem: string
  publicKeyId: string
  publicKeyPrivatePem: string
}

/** What the portal's configuration needs of the same merchant. */
export interface ServerMerchantKeys {
  mchid: string
  apiV3Key: string
  merchantSerial: string
  merchantPrivateKeyPem: string
  merchantCertPem: string
  platformSerial: string
  platformCertPem: string
  publicKeyId: string
  wechatPayPublicKeyPem: string
}

export interface SandboxAlipayKeys {
  appId: string
  appPublicKeyPem: string
  appCertPem: string
  alipayPrivateKeyPem: string
  alipayCertPem: string
  alipayRootCertPem: string
  aesKey: string
}

export interface ServerAlipayKeys {
  appId: string
  appPrivateKeyPem: string
  appCertPem: string
  alipayPublicKeyPem: string
  alipayCertPem: string
  alipayRootCertPem: string
  aesKey: string
}

/** A complete demo key set; the two halves meet only over the wire. */
export interface DemoKeys {
  sandbox: { merchants: SandboxMerchantKeys[]; alipay: SandboxAlipayKeys[] }
  server: { merchants: ServerMerchantKeys[]; alipay: ServerAlipayKeys[] }
}

const YEAR_MS = 365 * 86_400_000

function pair(): KeyPairPem {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

function serialHex(): string {
  // The first digit is fixed so that the serial always has forty digits, as both platforms print it.
  return `5${randomBytes(20).toString('hex').slice(1)}`.toUpperCase()
}

interface Authority {
  name: DistinguishedName
  key: KeyObject
  certPem: string
}

function authority(name: DistinguishedName): Authority {
  const keys = pair()
  const key = createPrivateKey(keys.privateKeyPem)
  const now = Date.now()
  const certPem = createCertificate({
    subject: name,
    issuer: name,
    serialHex: serialHex(),
    notBeforeMs: now - 86_400_000,
    notAfterMs: now + 20 * YEAR_MS,
    publicKey: createPublicKey(key),
    signingKey: key,
    isAuthority: true,
  })
  return { name, key, certPem }
}

function certified(subject: DistinguishedName, issuer: Authority): CertifiedKeys {
  const keys = pair()
  const serial = serialHex()
  const now = Date.now()
  const certPem = createCertificate({
    subject,
    issuer: issuer.name,
    serialHex: serial,
    notBeforeMs: now - 86_400_000,
    notAfterMs: now + 5 * YEAR_MS,
    publicKey: createPublicKey(keys.publicKeyPem),
    signingKey: issuer.key,
    isAuthority: false,
  })
  return { ...keys, serial, certPem }
}

/** A certificate that a key signs for itself, for a platform key that was configured without one. */
export function selfSignedCertificate(privateKeyPem: string, serial: string, nowMs: number): string {
  const key = createPrivateKey(privateKeyPem)
  const name: DistinguishedName = [
    ['C', 'CN'],
    ['O', 'Tenpay.com'],
    ['CN', 'Tenpay.com sign'],
  ]
  return createCertificate({
    subject: name,
    issuer: name,
    serialHex: serial,
    notBeforeMs: nowMs - 86_400_000,
    notAfterMs: nowMs + 5 * YEAR_MS,
    publicKey: createPublicKey(key),
    signingKey: key,
    isAuthority: false,
  })
}

function merchantKeys(
  mchid: string,
  ca: Authority,
): { sandbox: SandboxMerchantKeys; server: ServerMerchantKeys } {
  const merchant = certified(
    [
      ['CN', mchid],
      ['O', '微信商户系统'],
      ['OU', '一户演示商户'],
      ['L', 'Shenzhen'],
      ['C', 'CN'],
    ],
    ca,
  )
  const platform = certified(
    [
      ['C', 'CN'],
      ['O', 'Tenpay.com'],
      ['OU', 'Tenpay.com CA Center'],
      ['CN', 'Tenpay.com sign'],
    ],
    ca,
  )
  const publicMode = pair()
  const digits = BigInt(`0x${randomBytes(12).toString('hex')}`)
    .toString()
    .padStart(29, '0')
  const shared = {
    mchid,
    apiV3Key: randomBytes(16).toString('hex'),
    merchantSerial: merchant.serial,
    platformSerial: platform.serial,
    platformCertPem: platform.certPem,
    publicKeyId: `PUB_KEY_ID_0${digits}`,
  }
  return {
    sandbox: {
      ...shared,
      merchantPublicKeyPem: merchant.publicKeyPem,
      platformPrivateKeyPem: platform.privateKeyPem,
      publicKeyPrivatePem: publicMode.privateKeyPem,
    },
    server: {
      ...shared,
      merchantPrivateKeyPem: merchant.privateKeyPem,
      merchantCertPem: merchant.certPem,
      wechatPayPublicKeyPem: publicMode.publicKeyPem,
    },
  }
}

function alipayKeys(
  appId: string,
  root: Authority,
): { sandbox: SandboxAlipayKeys; server: ServerAlipayKeys } {
  const app = certified(
    [
      ['C', 'CN'],
      ['O', '一户演示'],
      ['OU', 'Alipay'],
      ['CN', appId],
    ],
    root,
  )
  const alipay = certified(
    [
      ['C', 'CN'],
      ['O', 'Ant Financial'],
      ['OU', 'Alipay'],
      ['CN', '支付宝(中国)网络技术有限公司'],
    ],
    root,
  )
  const shared = {
    appId,
    appCertPem: app.certPem,
    alipayCertPem: alipay.certPem,
    alipayRootCertPem: root.certPem,
    aesKey: randomBytes(16).toString('base64'),
  }
  return {
    sandbox: { ...shared, appPublicKeyPem: app.publicKeyPem, alipayPrivateKeyPem: alipay.privateKeyPem },
    server: { ...shared, appPrivateKeyPem: app.privateKeyPem, alipayPublicKeyPem: alipay.publicKeyPem },
  }
}

/**
 * Makes every key the demo needs: per WeChat Pay merchant the merchant's and the platform's pair with certificates and
 * the public-key pair, and per Alipay application both pairs with certificates under one root. Takes a few seconds.
 */
export function generateSandboxKeys(options: { mchids: string[]; alipayAppIds: string[] }): DemoKeys {
  const tenpay = authority([
    ['C', 'CN'],
    ['O', 'Tenpay.com'],
    ['OU', 'Tenpay.com CA Center'],
    ['CN', 'Tenpay.com Root CA'],
  ])
  const ant = authority([
    ['C', 'CN'],
    ['O', 'Ant Financial'],
    ['OU', 'Certification Authority'],
    ['CN', 'Ant Financial Certification Authority R1'],
  ])
  const merchants = options.mchids.map((mchid) => merchantKeys(mchid, tenpay))
  const apps = options.alipayAppIds.map((appId) => alipayKeys(appId, ant))
  return {
    sandbox: { merchants: merchants.map((one) => one.sandbox), alipay: apps.map((one) => one.sandbox) },
    server: { merchants: merchants.map((one) => one.server), alipay: apps.map((one) => one.server) },
  }
}
