import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { configSchema } from '../../platforms/whole-config'
import { testConfig } from '../../testing/config'
import { ConfigError, configFiles, loadConfig, projectRoot } from './load'

type Tree = ReturnType<typeof testConfig>
const sqlite = { engine: 'sqlite', file: 'x.sqlite', synchronous: 'FULL' } as const
const root = projectRoot()

function faultsOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

/** What a real account has: keys that a machine made, and the platforms' own addresses. */
function fillPlatforms(platforms: Tree['platforms']): void {
  const { wechat, alipay } = platforms
  wechat.apiBaseUrl = 'https://api.weixin.qq.com'
  wechat.openBaseUrl = 'https://open.weixin.qq.com'
  wechat.payBaseUrl = 'https://api.mch.weixin.qq.com'
  alipay.gatewayUrl = 'https://openapi.alipay.com/gateway.do'
  wechat.mini.secret = '9f86d081884c7d659a2feaa0c55ad015'
  wechat.oa.secret = 'a3bf4f1b2b0b822cd15d6c15b0f00a08'
  for (const merchant of Object.values(wechat.merchants))
    merchant.apiV3Key = 'Qm7rT2xVb9KpLs4WnZc8Yd3HfGj6Ae5U'
  platforms.sms = {
    kind: 'http',
    baseUrl: 'https://sms.example.com',
    apiKey: 'k',
    apiSecret: 'Vx3nR8kQ0tZmJ5wB',
    signName: '一户',
    priceFen: 5,
    codeTemplateId: 'SMS_1',
    followTemplateId: 'SMS_2',
  }
  platforms.utilities = {
    heating: { kind: 'http', baseUrl: 'http://10.0.0.9', secret: 'pL2vN7cXq9ShD4gK' },
  }
}

const mariadb = (password: string): Tree['database'] => ({
  engine: 'mariadb',
  host: 'db',
  port: 3306,
  user: 'yihu',
  password,
  database: 'yihu',
  poolSize: 10,
})

/** A whole production configuration in one file, so that single values can be spoilt. */
const SERVES = ['sms', 'mail', 'storage', 'tax'] as const
const RECIPIENT = {
  name: '某某公司',
  gets: '手机号',
  why: '发验证码',
  as: 'entrusted',
  since: null,
  until: null,
  assessedOn: null,
} as const
function productionFile(change: (tree: Tree) => void): string {
  const tree = structuredClone(testConfig(sqlite))
  tree.environment = 'production'
  tree.http.publicUrl = 'https://pay.example.com'
  tree.http.port = 3000
  tree.secrets.vaultKeys = { k1: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64') }
  tree.secrets.indexKey = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i * 5)).toString('base64')
  tree.secrets.codeKeys = {
    '0': Buffer.from(Array.from({ length: 32 }, (_, i) => 3 + i * 11)).toString('base64'),
  }
  tree.secrets.activeCodeKey = '0'
  fillPlatforms(tree.platforms)
  tree.privacy.recipients = SERVES.map((serves) => ({ ...RECIPIENT, serves }))
  change(tree)
  const file = join(mkdtempSync(join(tmpdir(), 'yihu-config-')), 'production.yaml')
  writeFileSync(file, stringify(tree))
  return file
}
const load = (file: string, environment: Record<string, string> = {}) =>
  loadConfig(configSchema, [join(root, 'config/default.yaml'), file], environment)

describe('loadConfig', () => {
  test('a whole production configuration is accepted', () => {
    expect(load(productionFile(() => undefined)).environment).toBe('production')
  })
  test('lists every fault at once instead of the first', () => {
    const faults = faultsOf(() => loadConfig(configSchema, [join(root, 'config/default.yaml')], {}))
    expect(faults.length).toBeGreaterThan(5)
    expect(faults.join('\n')).toContain('http.publicUrl')
    expect(faults.join('\n')).toContain('secrets.indexKey')
  })
  test.each([
    [
      'secrets that are not random',
      (t: Tree) => void (t.secrets.indexKey = Buffer.alloc(32, 7).toString('base64')),
      'not random',
    ],
    ['plain http', (t: Tree) => void (t.http.publicUrl = 'http://pay.example.com'), 'https'],
    ['logs kept under six months', (t: Tree) => void (t.logging.retentionDays = 90), '180'],
    [
      'SQLite that may lose the last payment',
      (t: Tree) => void (t.database = { ...sqlite, synchronous: 'NORMAL' }),
      'FULL',
    ],
    ['an empty database password', (t: Tree) => void (t.database = mariadb('')), 'password'],
    [
      'a short APIv3 key',
      (t: Tree) => Object.values(t.platforms.wechat.merchants).forEach((m) => void (m.apiV3Key = 'short')),
      'apiV3Key',
    ],
    [
      'a company whose merchant does not exist',
      (t: Tree) => t.companies.forEach((c) => void (c.merchants.wechat = 'nobody')),
      'nobody',
    ],
    [
      'calls that outlast the request they serve',
      (t: Tree) => void (t.platforms.totalTimeoutMs = t.http.handlerTimeoutMs),
      'platforms.totalTimeoutMs: must be less',
    ],
    [
      'a stop that is cut off before it may end',
      (t: Tree) => void (t.jobs.stopWaitMs = t.http.stopTimeoutMs),
      'jobs.stopWaitMs',
    ],
    [
      'a text message provider that residents cannot read of',
      (t: Tree) =>
        void (t.privacy.recipients = t.privacy.recipients.filter(({ serves }) => serves !== 'sms')),
      'they serve sms',
    ],
    [
      'a provider whose time is over and nobody named since',
      (t: Tree) =>
        void (t.privacy.recipients = t.privacy.recipients.map((one) => ({ ...one, until: '2026-01-01' }))),
      'they serve sms',
    ],
    ['an unknown key', (t: Tree) => Object.assign(t.http, { prot: 1 }), 'prot'],
  ])('production refuses to start with %s', (_, spoil, word) => {
    expect(faultsOf(() => load(productionFile(spoil))).join('\n')).toContain(word)
  })
  test.each([
    ['platforms.wechat.mini.secret', (t: Tree, bad: string) => void (t.platforms.wechat.mini.secret = bad)],
    ['platforms.wechat.oa.secret', (t: Tree, bad: string) => void (t.platforms.wechat.oa.secret = bad)],
    [
      'platforms.wechat.merchants.gas.apiV3Key',
      (t: Tree, bad: string) =>
        Object.assign(t.platforms.wechat.merchants['gas'] ?? {}, {
          apiV3Key: bad.padEnd(32, bad).slice(0, 32),
        }),
    ],
    ['platforms.sms.apiSecret', (t: Tree, bad: string) => Object.assign(t.platforms.sms, { apiSecret: bad })],
    [
      'platforms.utilities.heating.secret',
      (t: Tree, bad: string) => Object.assign(t.platforms.utilities['heating'] ?? {}, { secret: bad }),
    ],
    ['database.password', (t: Tree, bad: string) => void (t.database = mariadb(bad))],
  ])('production refuses a %s that somebody could guess, and does not repeat it', (path, spoil) => {
    for (const bad of [
      'ChangeMe-please-now-7',
      'our-secret-of-2026-x9',
      'Password-of-the-town-1',
      'qwerty-123456-zxcvbn',
      'wechat-example-key-77',
      'test-key-of-heating-8',
      'abcabcabcabcabcabcabc',
    ]) {
      const faults = faultsOf(() => load(productionFile((t) => spoil(t, bad))))
      expect(faults).toHaveLength(1)
      expect(faults[0]).toContain(`${path}: is not`)
      expect(faults[0]).not.toContain(bad)
    }
  })
  test.each([
    ['wechat.apiBaseUrl', (p: Tree['platforms']) => void (p.wechat.apiBaseUrl = 'http://p.cn')],
    ['wechat.openBaseUrl', (p: Tree['platforms']) => void (p.wechat.openBaseUrl = 'http://p.cn')],
    ['wechat.payBaseUrl', (p: Tree['platforms']) => void (p.wechat.payBaseUrl = 'http://p.cn')],
    ['alipay.gatewayUrl', (p: Tree['platforms']) => void (p.alipay.gatewayUrl = 'http://p.cn')],
    ['alipay.authorizeUrl', (p: Tree['platforms']) => void (p.alipay.authorizeUrl = 'http://p.cn')],
    ['sms.baseUrl', (p: Tree['platforms']) => Object.assign(p.sms, { baseUrl: 'http://p.cn' })],
  ])('production refuses to speak to %s without https', (path, spoil) => {
    const faults = faultsOf(() => load(productionFile((t) => spoil(t.platforms))))
    expect(faults).toEqual([`platforms.${path}: must be https in production`])
  })
  test('all weak secrets are told in one start', () => {
    const faults = faultsOf(() =>
      load(
        productionFile((t) => {
          t.platforms.wechat.mini.secret = 'changeme-changeme'
          t.platforms.wechat.oa.secret = 'changeme-changeme'
          t.platforms.wechat.payBaseUrl = 'http://p.cn'
          t.logging.retentionDays = 1
        }),
      ),
    )
    expect(faults).toHaveLength(4)
  })
  test('the environment wins, finds camel-case names and reads numbers and lists', () => {
    const file = productionFile(() => undefined)
    const config = load(file, {
      YIHU__HTTP__PORT: '8088',
      YIHU__HTTP__TRUSTED_PROXY_HOPS: '1',
      YIHU__HTTP__ALLOWED_ORIGINS: '["https://a.example"]',
      OTHER: 'x',
    })
    expect(config.http).toMatchObject({
      port: 8088,
      trustedProxyHops: 1,
      allowedOrigins: ['https://a.example'],
    })
  })
  test('a file that does not exist is named', () => {
    expect(faultsOf(() => loadConfig(configSchema, ['/nowhere/x.yaml'], {}))).toEqual([
      '/nowhere/x.yaml does not exist',
    ])
    expect(configFiles({ YIHU_CONFIG: 'config/demo.yaml' })).toEqual([
      join(root, 'config/default.yaml'),
      join(root, 'config/demo.yaml'),
    ])
  })
})
