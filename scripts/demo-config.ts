import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import {
  generateSandboxKeys,
  type SandboxAlipayKeys,
  type SandboxMerchantKeys,
  type ServerAlipayKeys,
  type ServerMerchantKeys,
} from '../sandbox/src/keys'
import { verifyFileOf } from '../sandbox/src/links/verify-file'
import { demoCompanies, demoSellers, demoSmsTemplates, demoTemplates, find, payeeOf } from './demo-templates'

/** Where the parts of the demo listen, all on 127.0.0.1. */
export interface DemoPorts {
  readonly portal: number
  readonly metrics: number
  readonly sandbox: number
  readonly wechatPhone: number
  readonly alipayPhone: number
  readonly workerPhone: number
  /** Where the sandbox takes mail; without it the portal sends none. */
  readonly mail?: number
}

export type DemoDatabase =
  | { readonly engine: 'sqlite' }
  | { readonly engine: 'mariadb'; readonly mariadbPort: number; readonly redisPort: number }

export interface DemoOptions {
  /** Absolute; keys, configuration and everything that is kept lie there. */
  readonly dataDir: string
  readonly ports: DemoPorts
  readonly database: DemoDatabase
}

// The three ways a WeChat Pay merchant can be set up, so that the demo lives with all of them.
const WECHAT_MERCHANTS = [
  { key: 'heating', mchid: '1900000101', mode: 'publicKey' },
  { key: 'gas', mchid: '1900000102', mode: 'certificate' },
  { key: 'power', mchid: '1900000103', mode: 'both' },
  { key: 'water', mchid: '1900000104', mode: 'publicKey' },
] as const

/** `mini` and `web` are those residents log in to, and heating's own; the others sell through theirs. */
const ALIPAY_APPS = [
  { key: 'mini', appId: '2021004100000001', pid: '2088101000000101', mode: 'key', company: 'heating' },
  { key: 'web', appId: '2021004100000002', pid: '2088101000000101', mode: 'certificate', company: 'heating' },
  { key: 'gas', appId: '2021004100000003', pid: '2088101000000102', mode: 'key', company: 'gas' },
  { key: 'power', appId: '2021004100000004', pid: '2088101000000103', mode: 'certificate', company: 'power' },
  { key: 'water', appId: '2021004100000005', pid: '2088101000000104', mode: 'key', company: 'water' },
] as const

const ALIPAY_MERCHANTS = {
  heating: { appKey: 'mini', webAppKey: 'web', pid: '2088101000000101' },
  gas: { appKey: 'gas', pid: '2088101000000102' },
  power: { appKey: 'power', pid: '2088101000000103' },
  water: { appKey: 'water', pid: '2088101000000104' },
}

const MINI_APPID = 'wx1a2b3c4d5e6f7001'
const OA_APPID = 'wx1a2b3c4d5e6f7002'
/** The tokens of "消息推送", one for each account. */
const PUSH = { mini: { token: 'yihudemomini' }, oa: { token: 'yihudemo' } }
/** What the operator types into both consoles, so that the wallets' scanners open the mini-program. */
const CODES_PAGE = 'codes/home/index'
/** What a telephone opens when it scans a code on a PC's screen. */
const SCAN_PAGE = 'hall/scan/index'
const SMS_KEY = 'yihu-demo'
const TAX_KEY = 'yihu-tax-demo'

const merchantSecrets = () =>
  generateSandboxKeys({
    mchids: WECHAT_MERCHANTS.map(({ mchid }) => mchid),
    alipayAppIds: ALIPAY_APPS.map(({ appId }) => appId),
  })

function makeSecrets() {
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
  return {
    vaultKey: randomBytes(32).toString('base64'),
    indexKey: randomBytes(32).toString('base64'),
    wechatMini: hex(16),
    wechatOa: hex(16),
    // 43 letters or digits, as WeChat's console makes them.
    encodingAesKey: hex(22).slice(0, 43),
    sms: hex(16),
    utility: hex(16),
    platforms: merchantSecrets(),
  }
}

type Secrets = ReturnType<typeof makeSecrets>

/** The demo's keys, made on the first start and kept: with other keys nothing that is stored could be read. */
export function demoSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'keys.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const secrets = makeSecrets()
  mkdirSync(dataDir, { recursive: true })
  writePrivately(file, JSON.stringify(secrets, null, 2))
  return secrets
}

function writePrivately(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 })
  // An older file keeps its mode when it is written again.
  chmodSync(file, 0o600)
}

/** Made of another secret, so that keys which were made before there were reports go on. */
function smsReportToken({ sms }: Secrets): string {
  return createHash('sha256').update(`report ${sms}`).digest('hex').slice(0, 32)
}

/** Signs the printed codes; made of another secret, like the one above. */
function codeKey({ indexKey }: Secrets): string {
  return createHash('sha256').update(`code ${indexKey}`).digest('base64')
}

/** Made of another secret, like the one above. */
function taxSecret({ utility }: Secrets): string {
  return createHash('sha256').update(`tax ${utility}`).digest('hex').slice(0, 32)
}

/** Made of another secret, like the one above. */
function switchSecret({ utility }: Secrets): string {
  return createHash('sha256').update(`switch ${utility}`).digest('hex').slice(0, 32)
}

/**
 * Writes both halves of the demo's configuration: what the sandbox must know as the platforms (`sandbox.yaml`) and
 * what the portal must know as their customer (`demo.yaml`, on top of config/demo.yaml). They share only what the
 * real parties share.
 */
export function writeDemoConfig(options: DemoOptions): { sandboxFile: string; serverFile: string } {
  const secrets = demoSecrets(options.dataDir)
  const sandboxFile = join(options.dataDir, 'sandbox.yaml')
  const serverFile = join(options.dataDir, 'demo.yaml')
  const note = '# Written by `npm start`; changes here are lost at the next start.\n'
  writePrivately(sandboxFile, note + stringify(sandboxConfig(options, secrets)))
  writePrivately(serverFile, note + stringify(serverConfig(options, secrets)))
  return { sandboxFile, serverFile }
}

const local = (port: number): string => `http://127.0.0.1:${port}`

function serverConfig({ dataDir, ports, database }: DemoOptions, secrets: Secrets): object {
  return {
    http: {
      port: ports.portal,
      metricsPort: ports.metrics,
      publicUrl: local(ports.portal),
      allowedOrigins: [ports.wechatPhone, ports.alipayPhone, ports.workerPhone].flatMap((port) => [
        local(port),
        `http://localhost:${port}`,
      ]),
      // Nobody balances load here, so Ctrl-C need not wait for it.
      drainMs: 0,
    },
    database:
      database.engine === 'sqlite'
        ? { engine: 'sqlite', file: join(dataDir, 'yihu.sqlite') }
        : {
            engine: 'mariadb',
            host: '127.0.0.1',
            port: database.mariadbPort,
            user: 'root',
            password: '',
            database: 'yihu',
            poolSize: 10,
          },
    redis:
      database.engine === 'sqlite'
        ? null
        : { url: `redis://127.0.0.1:${database.redisPort}`, keyPrefix: 'yihu:' },
    secrets: {
      vaultKeys: { demo: secrets.vaultKey },
      codeKeys: { '0': codeKey(secrets) },
      activeCodeKey: '0',
      activeVaultKey: 'demo',
      indexKey: secrets.indexKey,
    },
    files: { uploadDir: join(dataDir, 'uploads') },
    codes: { wechatCheckFile: checkFile(MINI_APPID), alipayCheckFile: checkFile(ALIPAY_APPS[0].appId) },
    calls: {
      switches: Object.fromEntries(demoCompanies().map(({ id }) => [id, { secret: switchSecret(secrets) }])),
    },
    platforms: {
      ...platformsOf(local(ports.sandbox), secrets),
      mail: mailOf(ports),
      storage: { kind: 'disk', directory: join(dataDir, 'files') },
    },
  }
}

function platformsOf(sandbox: string, secrets: Secrets): object {
  const { merchants, alipay } = secrets.platforms.server
  const { encodingAesKey } = secrets
  return {
    wechat: {
      apiBaseUrl: `${sandbox}/wechat-api`,
      openBaseUrl: `${sandbox}/wechat-open`,
      payBaseUrl: `${sandbox}/wechat-pay`,
      mini: { appId: MINI_APPID, secret: secrets.wechatMini, push: { ...PUSH.mini, encodingAesKey } },
      oa: { appId: OA_APPID, secret: secrets.wechatOa, push: { ...PUSH.oa, encodingAesKey } },
      merchants: Object.fromEntries(
        WECHAT_MERCHANTS.map(({ key, mchid, mode }) => [
          key,
          wechatMerchant(
            find(merchants, (one) => one.mchid === mchid),
            mode,
          ),
        ]),
      ),
    },
    alipay: {
      gatewayUrl: `${sandbox}/alipay/gateway.do`,
      authorizeUrl: `${sandbox}/alipay/oauth2/publicAppAuthorize.htm`,
      apps: Object.fromEntries(
        ALIPAY_APPS.map(({ key, appId, mode }) => [
          key,
          alipayApp(
            find(alipay, (one) => one.appId === appId),
            mode,
          ),
        ]),
      ),
      merchants: ALIPAY_MERCHANTS,
    },
    sms: {
      kind: 'http',
      baseUrl: `${sandbox}/sms`,
      apiKey: SMS_KEY,
      apiSecret: secrets.sms,
      codeTemplateId: 'SMS_VERIFY',
      signName: '一户',
      reportToken: smsReportToken(secrets),
    },
    utilities: Object.fromEntries(
      demoCompanies().map(({ id }) => [
        id,
        { kind: 'http', baseUrl: `${sandbox}/utility/${id}`, secret: secrets.utility },
      ]),
    ),
    taxes: Object.fromEntries(
      demoCompanies().map(({ id }) => [
        id,
        { kind: 'http', baseUrl: `${sandbox}/tax`, appKey: TAX_KEY, secret: taxSecret(secrets) },
      ]),
    ),
  }
}

/** As the platform's console gives it out, for the portal to serve. */
function checkFile(appId: string): object {
  const { name, content } = verifyFileOf(appId)
  return { name, text: content }
}

function linkRules(portal: string): object[] {
  const apps = [
    { wallet: 'wechat', appId: MINI_APPID },
    { wallet: 'alipay', appId: ALIPAY_APPS[0].appId },
  ]
  return apps.flatMap((app) => [
    { ...app, link: `${portal}/q/`, match: 'prefix', page: CODES_PAGE },
    { ...app, link: `${portal}/s/`, match: 'prefix', page: SCAN_PAGE },
  ])
}

function mailOf({ mail }: DemoPorts): object {
  if (mail === undefined) return { kind: 'none' }
  return { kind: 'smtp', host: '127.0.0.1', port: mail, tls: 'none', from: '一户 <notice@yihu.invalid>' }
}

function wechatMerchant(keys: ServerMerchantKeys, mode: 'publicKey' | 'certificate' | 'both'): object {
  return {
    mchid: keys.mchid,
    apiV3Key: keys.apiV3Key,
    serial: keys.merchantSerial,
    privateKeyPem: keys.merchantPrivateKeyPem,
    useCertificates: mode !== 'publicKey',
    ...(mode === 'certificate'
      ? {}
      : { publicKeyId: keys.publicKeyId, publicKeyPem: keys.wechatPayPublicKeyPem }),
  }
}

function alipayApp(keys: ServerAlipayKeys, mode: 'key' | 'certificate'): object {
  const common = { appId: keys.appId, privateKey: keys.appPrivateKeyPem, aesKey: keys.aesKey, mode }
  if (mode === 'key') return { ...common, alipayPublicKey: keys.alipayPublicKeyPem }
  return {
    ...common,
    appCertPem: keys.appCertPem,
    alipayRootCertPem: keys.alipayRootCertPem,
    alipayPublicCertPem: keys.alipayCertPem,
  }
}

function sandboxConfig({ dataDir, ports }: DemoOptions, secrets: Secrets): object {
  const { merchants, alipay } = secrets.platforms.sandbox
  const { wechat: wechatTemplates, oa: oaTemplates, alipay: alipayTemplates } = demoTemplates()
  return {
    host: '127.0.0.1',
    port: ports.sandbox,
    dataDir: join(dataDir, 'sandbox'),
    portalOrigin: local(ports.portal),
    phones: {
      wechatPort: ports.wechatPhone,
      alipayPort: ports.alipayPhone,
      workerPort: ports.workerPhone,
    },
    seed: 20261122,
    speed: 1,
    wechat: {
      mini: {
        appid: MINI_APPID,
        secret: secrets.wechatMini,
        templates: wechatTemplates,
        push: { ...PUSH.mini, encodingAesKey: secrets.encodingAesKey, url: `${local(ports.portal)}/wx/push` },
      },
      oa: {
        appid: OA_APPID,
        secret: secrets.wechatOa,
        ...PUSH.oa,
        encodingAesKey: secrets.encodingAesKey,
        pushUrl: `${local(ports.portal)}/wx/push`,
        oauthDomains: ['127.0.0.1', 'localhost'],
        templates: oaTemplates,
      },
      merchants: WECHAT_MERCHANTS.map(({ key, mchid, mode }) =>
        sandboxMerchant(
          find(merchants, (one) => one.mchid === mchid),
          { name: payeeOf(key), mode },
        ),
      ),
    },
    alipay: {
      apps: ALIPAY_APPS.map(({ key, appId, pid, mode, company }) =>
        sandboxApp(
          find(alipay, (one) => one.appId === appId),
          { pid, mode, name: payeeOf(company), templates: key === 'mini' ? alipayTemplates : [] },
        ),
      ),
    },
    sms: {
      apiKey: SMS_KEY,
      apiSecret: secrets.sms,
      signName: '一户',
      templates: demoSmsTemplates(),
      reportUrl: `${local(ports.portal)}/sms/report/${smsReportToken(secrets)}`,
    },
    ...(ports.mail === undefined ? {} : { mail: { port: ports.mail } }),
    utility: demoCompanies().map(({ id }) => ({ companyId: id, secret: secrets.utility })),
    tax: { appKey: TAX_KEY, secret: taxSecret(secrets), sellers: demoSellers() },
    linkRules: linkRules(local(ports.portal)),
    switches: demoCompanies().map(({ id }) => ({
      companyId: id,
      secret: switchSecret(secrets),
      url: `${local(ports.portal)}/callbacks/switch/${id}`,
    })),
  }
}

function sandboxMerchant(keys: SandboxMerchantKeys, about: { name: string; mode: string }): object {
  return { ...keys, ...about, appids: [MINI_APPID, OA_APPID] }
}

function sandboxApp(
  keys: SandboxAlipayKeys,
  about: { pid: string; mode: string; name: string; templates: object[] },
): object {
  return { ...keys, ...about, idMode: 'openid' }
}
