import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { checkConfig, ConfigError, loadConfig } from './load-config'
import { testConfig } from './testing'

function faultsOf(value: unknown): string[] {
  try {
    checkConfig(value)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('reads a whole YAML file and fills in what is usual', () => {
    const dir = mkdtempSync(join(tmpdir(), 'yihu-config-'))
    const file = join(dir, 'sandbox.yaml')
    const { people: _people, host: _host, dataDir: _dataDir, ...rest } = testConfig()
    writeFileSync(file, stringify({ ...rest, port: 4000 }))
    const config = loadConfig(file)
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      dataDir: null,
      wechat: { mini: { secret: 'mini-secret' } },
    })
    expect(config.people).toHaveLength(5)
    rmSync(dir, { recursive: true })
  })

  it('lists every fault at once, each with its path', () => {
    const faults = faultsOf({
      port: 70_000,
      portalOrigin: 'nowhere',
      wechat: {
        mini: { appid: 'wrong', secret: '' },
        oa: {},
        merchants: [{ mchid: '1', apiV3Key: 'short', mode: 'none' }],
      },
      sms: {},
      people: [{ id: 'a', name: '甲', alipayUserId: '1' }],
    })
    for (const path of [
      '配置.port',
      '配置.portalOrigin',
      'wechat.mini.appid',
      'wechat.mini.secret',
      'wechat.oa.token',
      'wechat.merchants[0].mchid',
      'wechat.merchants[0].apiV3Key',
      'wechat.merchants[0].mode',
      'sms.apiKey',
      'people[0].alipayUserId',
    ]) {
      expect(faults.filter((fault) => fault.startsWith(path))).not.toHaveLength(0)
    }
  })

  it('refuses what is no configuration at all', () => {
    expect(faultsOf('text')).not.toHaveLength(0)
    expect(faultsOf(null)).not.toHaveLength(0)
  })
})
