import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testKey } from '../testing/keys'
import { platformsConfigSchema } from './config'

type Tree = Record<string, unknown>

function config(merchant: Tree = {}, alipay: Tree = {}): Tree {
  const { privateKeyPem, publicKeyPem } = testKey()
  const app = { mode: 'key', privateKey: privateKeyPem, alipayPublicKey: publicKeyPem }
  return {
    wechat: {
      mini: { appId: 'wx0000000000000001', secret: '0123456789abcdef' },
      oa: { appId: 'wx0000000000000002', secret: '0123456789abcdef' },
      merchants: {
        heating: {
          mchid: '1900000101',
          apiV3Key: '0123456789abcdef0123456789abcdef',
          serial: '0123456789ABCDEF0123',
          privateKeyPem,
          publicKeyId: 'PUB_KEY_ID_0001',
          publicKeyPem,
          ...merchant,
        },
      },
    },
    alipay: {
      apps: { mini: { ...app, appId: '2021000000000001' }, web: { ...app, appId: '2021000000000002' } },
      merchants: { heating: { appKey: 'mini', pid: '2088000000000101' } },
      ...alipay,
    },
    sms: { kind: 'none' },
  }
}

const faults = (raw: Tree): string[] => {
  const parsed = platformsConfigSchema.safeParse(raw)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))
}

test('a full configuration passes, with the real platforms’ addresses by default', () => {
  const parsed = platformsConfigSchema.parse(config())
  expect(parsed.wechat.payBaseUrl).toBe('https://api.mch.weixin.qq.com')
  expect(parsed.alipay.gatewayUrl).toBe('https://openapi.alipay.com/gateway.do')
})

test('every fault is listed at once', () => {
  const raw = config(
    { apiV3Key: 'short', privateKeyPem: 'not a key', mchid: 'x', surprise: 1 },
    { merchants: { heating: { appKey: 'nobody', pid: '1' } } },
  )
  expect(faults(raw)).toEqual(
    expect.arrayContaining([
      'wechat.merchants.heating.apiV3Key',
      'wechat.merchants.heating.privateKeyPem',
      'wechat.merchants.heating.mchid',
      'wechat.merchants.heating',
      'alipay.merchants.heating.pid',
    ]),
  )
})

test('a merchant whose answers could not be verified is refused', () => {
  const neither = { publicKeyId: undefined, publicKeyPem: undefined, useCertificates: false }
  expect(faults(config(neither))).toEqual(['wechat.merchants.heating.useCertificates'])
  expect(faults(config({ publicKeyPem: undefined }))).toEqual(['wechat.merchants.heating.publicKeyId'])
})

test('an Alipay seller must name an application that exists', () => {
  const merchants = { heating: { appKey: 'nobody', pid: '2088000000000101' } }
  expect(faults(config({}, { merchants }))).toEqual(['alipay.merchants.heating.appKey'])
})

test('secrets come from files where a path is given, and a missing file is a fault of its own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yihu-secret-'))
  try {
    const path = join(directory, 'key.pem')
    writeFileSync(path, `${testKey().privateKeyPem}\n`)
    const { privateKeyPem: _given, ...rest } = (config()['wechat'] as { merchants: { heating: Tree } })
      .merchants.heating
    const withFile = (file: string): Tree => {
      const raw = config()
      const wechat = raw['wechat'] as Tree
      return { ...raw, wechat: { ...wechat, merchants: { heating: { ...rest, privateKeyPemFile: file } } } }
    }
    const parsed = platformsConfigSchema.parse(withFile(path))
    expect(parsed.wechat.merchants['heating']?.privateKeyPem).toContain('BEGIN PRIVATE KEY')
    expect(faults(withFile(join(directory, 'absent.pem')))).toContain(
      'wechat.merchants.heating.privateKeyPemFile',
    )
  } finally {
    rmSync(directory, { recursive: true })
  }
})
