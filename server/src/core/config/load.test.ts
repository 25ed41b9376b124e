import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { configSchema } from '../../platforms/whole-config'
import { testConfig } from '../../testing/config'
import { ConfigError, configFiles, loadConfig, projectRoot } from './load'

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

/** A whole production configuration in one file, so that single values can be spoilt. */
function productionFile(change: (tree: ReturnType<typeof testConfig>) => void): string {
  const tree = structuredClone(testConfig(sqlite))
  tree.environment = 'production'
  tree.http.publicUrl = 'https://pay.example.com'
  tree.http.port = 3000
  tree.secrets.vaultKeys = { k1: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64') }
  tree.secrets.indexKey = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i * 5)).toString('base64')
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
      (t: ReturnType<typeof testConfig>) =>
        void (t.secrets.indexKey = Buffer.alloc(32, 7).toString('base64')),
      'not random',
    ],
    [
      'plain http',
      (t: ReturnType<typeof testConfig>) => void (t.http.publicUrl = 'http://pay.example.com'),
      'https',
    ],
    [
      'logs kept under six months',
      (t: ReturnType<typeof testConfig>) => void (t.logging.retentionDays = 90),
      '180',
    ],
    [
      'SQLite that may lose the last payment',
      (t: ReturnType<typeof testConfig>) => void (t.database = { ...sqlite, synchronous: 'NORMAL' }),
      'FULL',
    ],
    [
      'an empty database password',
      (t: ReturnType<typeof testConfig>) =>
        void (t.database = {
          engine: 'mariadb',
          host: 'db',
          port: 3306,
          user: 'yihu',
          password: '',
          database: 'yihu',
          poolSize: 10,
        }),
      'password',
    ],
    [
      'a short APIv3 key',
      (t: ReturnType<typeof testConfig>) =>
        Object.values(t.platforms.wechat.merchants).forEach((m) => void (m.apiV3Key = 'short')),
      'apiV3Key',
    ],
    [
      'a company whose merchant does not exist',
      (t: ReturnType<typeof testConfig>) => t.companies.forEach((c) => void (c.merchants.wechat = 'nobody')),
      'nobody',
    ],
    ['an unknown key', (t: ReturnType<typeof testConfig>) => Object.assign(t.http, { prot: 1 }), 'prot'],
  ])('production refuses to start with %s', (_, spoil, word) => {
    expect(faultsOf(() => load(productionFile(spoil))).join('\n')).toContain(word)
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
