import { createPublicKey, X509Certificate } from 'node:crypto'
import { generateSandboxKeys, selfSignedCertificate } from './keys'

describe('the demo key set', () => {
  const keys = generateSandboxKeys({ mchids: ['1900000001'], alipayAppIds: ['2021000000000001'] })
  const [merchant] = keys.sandbox.merchants
  const [alipay] = keys.sandbox.alipay
  if (!merchant || !alipay) throw new Error('the key set is incomplete')

  it('makes platform certificates that OpenSSL reads and that carry the serial and the key', () => {
    const cert = new X509Certificate(merchant.platformCertPem)
    expect(cert.serialNumber).toBe(merchant.platformSerial)
    expect(cert.subject).toContain('CN=Tenpay.com sign')
    expect(cert.publicKey.export({ type: 'spki', format: 'pem' })).toBe(
      createPublicKey(merchant.platformPrivateKeyPem).export({ type: 'spki', format: 'pem' }),
    )
    expect(Date.parse(cert.validTo)).toBeGreaterThan(Date.now() + 4 * 365 * 86_400_000)
  })

  it('puts both Alipay certificates under one root', () => {
    const root = new X509Certificate(alipay.alipayRootCertPem)
    expect(root.ca).toBe(true)
    for (const pem of [alipay.alipayCertPem, alipay.appCertPem]) {
      const cert = new X509Certificate(pem)
      expect(cert.checkIssued(root)).toBe(true)
      expect(cert.verify(root.publicKey)).toBe(true)
    }
  })

  it('gives each half only what it may know', () => {
    expect(JSON.stringify(keys.server)).not.toContain(merchant.platformPrivateKeyPem.slice(40, 100))
    const serverMerchant = keys.server.merchants[0]
    expect(serverMerchant?.apiV3Key).toBe(merchant.apiV3Key)
    expect(JSON.stringify(keys.sandbox)).not.toContain(JSON.stringify(serverMerchant?.merchantPrivateKeyPem))
    expect(merchant.publicKeyId).toMatch(/^PUB_KEY_ID_\d{30}$/)
    expect(Buffer.from(merchant.apiV3Key)).toHaveLength(32)
  })

  it('signs a certificate for a key that came without one', () => {
    const cert = new X509Certificate(
      selfSignedCertificate(merchant.platformPrivateKeyPem, 'AB12', Date.now()),
    )
    expect(cert.serialNumber).toBe('AB12')
    expect(cert.verify(createPublicKey(merchant.platformPrivateKeyPem))).toBe(true)
  })
})
