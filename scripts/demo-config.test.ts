import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { loadConfig as loadSandboxConfig } from '../sandbox/src/kernel/load-config'
import { verifyFileOf } from '../sandbox/src/links/verify-file'
import { loadConfig } from '../server/src/core/config/load'
import { templateShape } from '../server/src/features/notifications/template-shape'
import { configSchema } from '../server/src/platforms/whole-config'
import { type DemoDatabase, demoSecrets, writeDemoConfig } from './demo-config'
import { ROOT } from './sources'

const ports = {
  portal: 4000,
  metrics: 4001,
  sandbox: 4100,
  wechatPhone: 4101,
  alipayPhone: 4102,
  workerPhone: 4103,
  mail: 4104,
}
let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yihu-demo-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function written(database: DemoDatabase) {
  const { sandboxFile, serverFile } = writeDemoConfig({ dataDir, ports, database })
  const files = [join(ROOT, 'config/default.yaml'), join(ROOT, 'config/demo.yaml'), serverFile]
  return { server: loadConfig(configSchema, files, {}), sandbox: loadSandboxConfig(sandboxFile), serverFile }
}

test('portal and sandbox accept their halves, and each finds the other', () => {
  const { server, sandbox } = written({ engine: 'sqlite' })
  expect(sandbox.portalOrigin).toBe(server.http.publicUrl)
  expect(server.platforms.wechat.payBaseUrl).toBe(`http://127.0.0.1:${sandbox.port}/wechat-pay`)
  expect(server.http.allowedOrigins).toContain(`http://127.0.0.1:${sandbox.phones.alipayPort}`)
  for (const company of server.companies) {
    const merchant = server.platforms.wechat.merchants[company.merchants.wechat ?? '']
    expect(sandbox.wechat.merchants.map(({ mchid }) => mchid)).toContain(merchant?.mchid)
    expect(sandbox.utility.map(({ companyId }) => companyId)).toContain(company.id)
    expect(server.platforms.taxes[company.id]).toMatchObject({
      baseUrl: `http://127.0.0.1:${sandbox.port}/tax`,
      appKey: sandbox.tax?.appKey,
      secret: sandbox.tax?.secret,
    })
  }
  // The water company issues no invoices.
  const sellers = Object.values(server.invoices.companies).map(({ name, taxNo }) => ({ name, taxNo }))
  expect(sandbox.tax?.sellers).toEqual(sellers)
  expect(Object.keys(server.invoices.companies)).toEqual(['heating', 'gas', 'power'])
})

test('every seller of Alipay signs with applications that belong to it', () => {
  const { server, sandbox } = written({ engine: 'sqlite' })
  const { apps, merchants } = server.platforms.alipay
  for (const { appKey, webAppKey, pid } of Object.values(merchants)) {
    for (const key of [appKey, webAppKey ?? appKey]) {
      const app = sandbox.alipay.apps.find(({ appId }) => appId === apps[key]?.appId)
      expect(app).toMatchObject({ pid, mode: apps[key]?.mode })
    }
  }
})

test('the platforms hold the message templates that the portal sends, field by field', () => {
  const { server, sandbox } = written({ engine: 'sqlite' })
  const { subscribeTemplates } = server.platforms.wechat
  for (const [name, { id }] of Object.entries(subscribeTemplates)) {
    const held = sandbox.wechat.mini.templates.find((template) => template.id === id)
    const file = readFileSync(join(ROOT, 'templates', `${name}.yaml`), 'utf8')
    const mini = templateShape.parse(parse(file)).channels.find((one) => one.name === 'wechat-mini')
    expect(held?.fields.map(({ key }) => key)).toEqual(Object.keys(mini?.fields ?? {}))
  }
  expect(Object.keys(subscribeTemplates)).not.toHaveLength(0)
})

test('text messages, their reports and mail find their way from one half to the other and back', () => {
  const { server, sandbox } = written({ engine: 'sqlite' })
  const { sms, mail } = server.platforms
  if (sms.kind !== 'http' || mail.kind !== 'smtp') throw new Error('the demo has neither')
  expect(sandbox.sms.reportUrl).toBe(`${server.http.publicUrl}/sms/report/${sms.reportToken}`)
  expect(sandbox.mail).toEqual({ port: mail.port })
  expect(mail).toMatchObject({ host: '127.0.0.1', port: 4104, tls: 'none' })
  const held = sandbox.sms.templates ?? []
  expect(held).toContainEqual({
    code: 'SMS_OUTAGE_CANCELLED',
    text: '${household}${what}，${reason}。咨询${phone}',
  })
  expect(held.every(({ text }) => text !== '')).toBe(true)
})

test('both consoles know the codes of the portal, which serves the file each looks for', () => {
  const { server, sandbox } = written({ engine: 'sqlite' })
  const { wechatCheckFile, alipayCheckFile } = server.codes
  const apps = {
    wechat: server.platforms.wechat.mini.appId,
    alipay: server.platforms.alipay.apps['mini']?.appId,
  }
  const pages = { q: 'codes/home/index', s: 'hall/scan/index' }
  expect(sandbox.linkRules).toEqual(
    (['wechat', 'alipay'] as const).flatMap((wallet) =>
      (['q', 's'] as const).map((folder) => ({
        wallet,
        appId: apps[wallet],
        link: `${server.http.publicUrl}/${folder}/`,
        match: 'prefix',
        page: pages[folder],
      })),
    ),
  )
  const files = sandbox.linkRules
    .filter(({ page }) => page === pages.q)
    .map(({ appId }) => verifyFileOf(appId))
  expect([wechatCheckFile, alipayCheckFile]).toEqual(
    files.map(({ name, content }) => ({ name, text: content })),
  )
  // A console takes a page that the mini-program has.
  const pagesOfApp = readFileSync(join(ROOT, 'miniapp/src/app.config.ts'), 'utf8')
  for (const root of ['codes', 'hall']) expect(pagesOfApp).toContain(`root: '${root}'`)
})

test('keys are made once, stay when the database changes, and are readable by their owner alone', () => {
  const before = written({ engine: 'sqlite' })
  const keys = readFileSync(join(dataDir, 'keys.json'), 'utf8')
  const { server, serverFile } = written({ engine: 'mariadb', mariadbPort: 1234, redisPort: 1235 })
  expect(readFileSync(join(dataDir, 'keys.json'), 'utf8')).toBe(keys)
  expect(server.secrets).toEqual(before.server.secrets)
  expect(server.database).toMatchObject({ engine: 'mariadb', port: 1234 })
  expect(server.redis?.url).toBe('redis://127.0.0.1:1235')
  for (const file of [serverFile, join(dataDir, 'keys.json')]) expect(statSync(file).mode & 0o077).toBe(0)
})

test('the example for production is accepted as soon as its files and secrets are there', () => {
  const keys = demoSecrets(dataDir)
  const wechat = keys.platforms.server.merchants[0]
  const alipay = keys.platforms.server.alipay[0]
  const files: Readonly<Record<string, string | undefined>> = {
    'wechat/apiv3.key': wechat?.apiV3Key,
    'wechat/apiclient_key.pem': wechat?.merchantPrivateKeyPem,
    'wechat/pub_key.pem': wechat?.wechatPayPublicKeyPem,
    'alipay/mini.key': alipay?.appPrivateKeyPem,
    'alipay/mini.alipay': alipay?.alipayPublicKeyPem,
    'alipay/mini.aes': alipay?.aesKey,
    'alipay/web.key': alipay?.appPrivateKeyPem,
    'alipay/appCertPublicKey.crt': alipay?.appCertPem,
    'alipay/alipayRootCert.crt': alipay?.alipayRootCertPem,
    'alipay/alipayCertPublicKey_RSA2.crt': alipay?.alipayCertPem,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true })
    writeFileSync(join(dataDir, name), text ?? '')
  }
  const example = join(dataDir, 'production.yaml')
  const text = readFileSync(join(ROOT, 'config/production.example.yaml'), 'utf8')
  writeFileSync(example, text.replaceAll('/etc/yihu', dataDir))
  const load = (environment: Readonly<Record<string, string>>) =>
    loadConfig(configSchema, [join(ROOT, 'config/default.yaml'), example], environment)

  const secrets = {
    YIHU__SECRETS__VAULT_KEYS__K1: `'${keys.vaultKey}'`,
    YIHU__SECRETS__INDEX_KEY: `'${keys.indexKey}'`,
    YIHU__SECRETS__CODE_KEYS__0: `'${keys.vaultKey}'`,
    YIHU__DATABASE__PASSWORD: "'long enough: #1'",
    YIHU__PLATFORMS__WECHAT__MINI__SECRET: `'${keys.wechatMini}'`,
    YIHU__PLATFORMS__WECHAT__OA__SECRET: `'${keys.wechatOa}'`,
  }
  expect(load(secrets).platforms.wechat.merchants['heating']?.apiV3Key).toBe(wechat?.apiV3Key)
  for (const name of Object.keys(secrets)) {
    const others = Object.fromEntries(Object.entries(secrets).filter(([key]) => key !== name))
    expect(() => load(others)).toThrow('The configuration cannot be used')
  }
})
