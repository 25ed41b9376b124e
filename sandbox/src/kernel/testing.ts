import type { AlipayAppConfig, SandboxConfig } from './config'
import { createKernel, type Kernel } from './kernel'
import { DEFAULT_PEOPLE } from './people'

/** A configuration for tests: nothing on disk, time standing still until moved, no accounts of its own. */
export function testConfig(overrides: Partial<SandboxConfig> = {}): SandboxConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDir: null,
    portalOrigin: 'http://127.0.0.1:9',
    phones: { wechatPort: 0, alipayPort: 0, workerPort: 0 },
    seed: 20260101,
    speed: 0,
    wechat: {
      mini: { appid: 'wx0000000000000001', secret: 'mini-secret', templates: [] },
      oa: {
        appid: 'wx0000000000000002',
        secret: 'oa-secret',
        token: 'AAAAA',
        encodingAesKey: 'A'.repeat(43),
        oauthDomains: ['127.0.0.1:9'],
      },
      merchants: [],
    },
    alipay: { apps: [] },
    sms: { apiKey: 'sms-key', apiSecret: 'sms-secret' },
    utility: [],
    switches: [],
    linkRules: [],
    people: DEFAULT_PEOPLE.map((person) => ({ ...person })),
    ...overrides,
  }
}

/** An application without keys, for what asks of one only that it is there. */
export const KEYLESS_ALIPAY_APP: AlipayAppConfig = {
  appId: '2021004100000001',
  mode: 'key',
  idMode: 'openid',
  alipayPrivateKeyPem: '',
  aesKey: '',
  pid: '2088101000000101',
  templates: [],
}

/** 2026-01-15 10:00 in Shanghai: a working morning, far from month ends. */
export const TEST_START_MS = Date.UTC(2026, 0, 15, 2, 0, 0)

/** A silent kernel for tests, standing at TEST_START_MS. */
export function testKernel(overrides: Partial<SandboxConfig> = {}): Kernel {
  return createKernel(testConfig(overrides), { log: () => undefined, startMs: TEST_START_MS })
}
