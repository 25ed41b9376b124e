import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testKey } from '../testing/keys'
import { platformsConfigSchema } from './config'
import { productionFaults } from './production-rules'

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

describe('text messages, mail and pushes', () => {
  const aliyun = {
    kind: 'aliyun',
    accessKeyId: 'LTAI5t',
    accessKeySecret: 'Vx3nR8kQ0tZmJ5wB',
    signName: '演示供热',
    codeTemplateId: 'SMS_1',
    followTemplateId: 'SMS_2',
  }
  const smtp = {
    kind: 'smtp',
    host: 'smtp.example.com',
    port: 465,
    secure: true,
    from: '一户 <a@example.com>',
  }

  test('Alibaba Cloud’s own address and encrypted mail are what stands there when nothing is said', () => {
    const parsed = platformsConfigSchema.parse({ ...config(), sms: aliyun, mail: smtp })
    expect(parsed.sms).toMatchObject({ endpoint: 'https://dysmsapi.aliyuncs.com', priceFen: 5 })
    expect(parsed.mail).toMatchObject({ tls: 'required', connectionsMax: 3 })
    expect(platformsConfigSchema.parse(config()).mail).toEqual({ kind: 'none' })
  })

  test.each<[string, Tree, string]>([
    ['a short report token', { sms: { ...aliyun, reportToken: 'short' } }, 'sms.reportToken'],
    [
      'a report token that needs encoding',
      { sms: { ...aliyun, reportToken: 'a/'.repeat(15) } },
      'sms.reportToken',
    ],
    ['half a price', { sms: { ...aliyun, priceFen: 4.5 } }, 'sms.priceFen'],
    ['a sender that is no address', { mail: { ...smtp, from: '一户' } }, 'mail.from'],
    ['a sender with a line break', { mail: { ...smtp, from: 'a\r\nBcc: x <a@b.cn>' } }, 'mail.from'],
  ])('%s is refused', (_what, changes, path) => {
    expect(faults({ ...config(), ...changes })).toEqual([path])
  })

  test('an account without a key for its pushes is in plain mode; a key of another length is a fault', () => {
    const push = (keys: Tree): Tree => {
      const wechat = config()['wechat'] as Tree
      return { ...config(), wechat: { ...wechat, oa: { ...(wechat['oa'] as Tree), push: keys } } }
    }
    expect(platformsConfigSchema.parse(push({ token: 'abc' })).wechat.oa.push).toEqual({ token: 'abc' })
    expect(faults(push({ token: 'abc', encodingAesKey: 'short' }))).toEqual(['wechat.oa.push.encodingAesKey'])
  })

  test('production wants the provider over https, secrets that nobody guesses, and mail that is encrypted', () => {
    const bad = platformsConfigSchema.parse({
      ...config(),
      sms: {
        ...aliyun,
        endpoint: 'http://sms.example.com',
        accessKeySecret: 'changeme-changeme',
        reportToken: '1'.repeat(24),
      },
      mail: { ...smtp, secure: false, tls: 'none', user: 'a', password: 'password' },
    })
    const paths = productionFaults(bad).map(({ path }) => path.join('.'))
    expect(paths).toEqual(
      expect.arrayContaining([
        'sms.endpoint',
        'sms.accessKeySecret',
        'sms.reportToken',
        'mail.password',
        'mail.tls',
      ]),
    )
    const here = platformsConfigSchema.parse({
      ...config(),
      mail: { ...smtp, tls: 'none', host: '127.0.0.1' },
    })
    expect(productionFaults(here).map(({ path }) => path.join('.'))).not.toContain('mail.tls')
  })
})
