import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { projectRoot } from '../core/config/load'
import { type Config, configSchema } from '../platforms/whole-config'
import { testKey } from './keys'

type Tree = { [key: string]: unknown }
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function merge(base: Tree, over: Tree): Tree {
  const merged = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key]
    merged[key] = isTree(before) && isTree(value) ? merge(before, value) : value
  }
  return merged
}

const MERCHANTS = { heating: '1900000101', gas: '1900000102', power: '1900000103', water: '1900000104' }
export const TEST_PIDS = {
  heating: '2088000000000101',
  gas: '2088000000000102',
  power: '2088000000000103',
  water: '2088000000000104',
}
export const TEST_APPS = {
  wechatMini: 'wx0000000000000001',
  wechatOa: 'wx0000000000000002',
  alipayMini: '2021000000000001',
  alipayWeb: '2021000000000002',
}

function platformAccounts(): Tree {
  const { privateKeyPem, publicKeyPem } = testKey()
  const nowhere = 'http://127.0.0.1:9'
  const alipayApp = (appId: string): Tree => ({
    mode: 'key',
    appId,
    privateKey: privateKeyPem,
    alipayPublicKey: publicKeyPem,
    aesKey: 'aYA0GP8JEW+D7/UFaskCWA==',
  })
  return {
    wechat: {
      apiBaseUrl: nowhere,
      openBaseUrl: nowhere,
      payBaseUrl: nowhere,
      mini: { appId: TEST_APPS.wechatMini, secret: '0123456789abcdef0123456789abcdef' },
      oa: { appId: TEST_APPS.wechatOa, secret: '0123456789abcdef0123456789abcdef' },
      merchants: Object.fromEntries(
        Object.entries(MERCHANTS).map(([key, mchid]) => [
          key,
          {
            mchid,
            apiV3Key: '0123456789abcdef0123456789abcdef',
            serial: '0123456789ABCDEF0123',
            privateKeyPem,
            publicKeyId: 'PUB_KEY_ID_0001',
            publicKeyPem,
          },
        ]),
      ),
    },
    alipay: {
      gatewayUrl: `${nowhere}/gateway.do`,
      apps: { mini: alipayApp(TEST_APPS.alipayMini), web: alipayApp(TEST_APPS.alipayWeb) },
      merchants: Object.fromEntries(
        Object.entries(TEST_PIDS).map(([key, pid]) => [key, { appKey: 'mini', webAppKey: 'web', pid }]),
      ),
    },
  }
}

const file = (name: string): Tree => parse(readFileSync(join(projectRoot(), 'config', name), 'utf8')) as Tree
let files: Tree | null = null

/** Read once for a file of tests: to parse them takes longer than to open a database. */
function committedConfig(): Tree {
  files ??= merge(file('default.yaml'), file('demo.yaml'))
  return files
}

/** The demo's companies on a configuration that no test can reach the outside with; `over` wins. */
export function testConfig(database: Config['database'], over: Tree = {}): Config {
  const key = Buffer.alloc(32, 7).toString('base64')
  const tree = [
    {
      environment: 'test',
      // No test reads built pages, and packing them anew for each would take longer than most tests.
      http: {
        publicUrl: 'http://portal.test',
        port: 0,
        metricsPort: 0,
        drainMs: 0,
        // A machine that runs many tests is busy all the time.
        shedAtLoopMs: 60_000,
        pagesDir: 'server/none',
        consoleDir: 'server/none',
      },
      database: null,
      secrets: {
        vaultKeys: { k1: key },
        activeVaultKey: 'k1',
        indexKey: key,
        codeKeys: { '1': Buffer.alloc(32, 9).toString('base64') },
        activeCodeKey: '1',
      },
      logging: { level: 'silent', retentionDays: 180 },
      // Nor does a search there answer before it has seen everything.
      knowledge: { firstWaitMs: 600_000, newsWaitMs: 600_000 },
      platforms: platformAccounts(),
    },
    { database: { ...database } },
    over,
  ].reduce(merge, committedConfig())
  return configSchema.parse(tree)
}
