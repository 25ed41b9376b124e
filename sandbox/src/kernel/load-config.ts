import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { AlipayAppConfig, MerchantConfig, PushConfig, SandboxConfig, TemplateConfig } from './config'
import { DEFAULT_PEOPLE, type Person } from './people'

/** Every fault of a configuration at once, each with the path of the value. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`沙箱配置有 ${faults.length} 处错误：\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  }
}

type Plain = Record<string, unknown>

/** Reads values out of parsed YAML and collects what is wrong with them. */
class Reader {
  readonly faults: string[] = []

  object(value: unknown, path: string): Plain {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Plain
    this.faults.push(`${path} 应是一组键值`)
    return {}
  }

  optionalObject(value: unknown, path: string): Plain {
    return value === undefined || value === null ? {} : this.object(value, path)
  }

  list<T>(value: unknown, path: string, read: (item: Plain, path: string) => T): T[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      this.faults.push(`${path} 应是列表`)
      return []
    }
    return value.map((item, index) => read(this.object(item, `${path}[${index}]`), `${path}[${index}]`))
  }

  texts(value: unknown, path: string): string[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    this.faults.push(`${path} 应是文字的列表`)
    return []
  }

  text(from: Plain, key: string, path: string, pattern?: RegExp): string {
    const value = from[key]
    // Numbers that YAML reads from unquoted digits (a merchant number, say) are taken as they were written.
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
    if (typeof text !== 'string' || text === '') {
      this.faults.push(`${path}.${key} 缺少或不是文字`)
      return ''
    }
    if (pattern && !pattern.test(text)) this.faults.push(`${path}.${key} 格式不对，应符合 ${pattern.source}`)
    return text
  }

  number(
    from: Plain,
    key: string,
    path: string,
    limits: { usual: number; min: number; max: number },
  ): number {
    const value = from[key] ?? limits.usual
    if (typeof value === 'number' && value >= limits.min && value <= limits.max) return value
    this.faults.push(`${path}.${key} 应是 ${limits.min} 到 ${limits.max} 的数`)
    return limits.usual
  }

  choice<T extends string>(from: Plain, key: string, path: string, values: readonly T[]): T | undefined {
    const found = values.find((value) => value === from[key])
    if (!found) this.faults.push(`${path}.${key} 应为 ${values.join(' / ')}`)
    return found
  }

  optionalText<K extends string>(from: Plain, key: K): Partial<Record<K, string>> {
    const value = from[key]
    return typeof value === 'string' && value !== '' ? ({ [key]: value } as Record<K, string>) : {}
  }
}

const APPID = /^wx[0-9a-f]{16}$/
const PRIVATE = /^-----BEGIN (RSA )?PRIVATE KEY-----/
const PUBLIC = /^-----BEGIN PUBLIC KEY-----/

function template(reader: Reader, item: Plain, path: string): TemplateConfig {
  return {
    id: reader.text(item, 'id', path),
    title: reader.text(item, 'title', path),
    kind: reader.choice(item, 'kind', path, ['once', 'longterm'] as const) ?? 'once',
    fields: reader.list(item['fields'], `${path}.fields`, (field, at) => ({
      key: reader.text(field, 'key', at),
      label: reader.text(field, 'label', at),
    })),
  }
}

function templates(reader: Reader, value: unknown, path: string): TemplateConfig[] {
  return reader.list(value, path, (item, at) => template(reader, item, at))
}

function merchant(reader: Reader, item: Plain, path: string): MerchantConfig {
  return {
    mchid: reader.text(item, 'mchid', path, /^\d{8,10}$/),
    ...reader.optionalText(item, 'name'),
    appids: reader.texts(item['appids'], `${path}.appids`),
    apiV3Key: reader.text(item, 'apiV3Key', path, /^[\x21-\x7e]{32}$/),
    merchantSerial: reader.text(item, 'merchantSerial', path, /^[0-9A-F]{8,40}$/),
    merchantPublicKeyPem: reader.text(item, 'merchantPublicKeyPem', path, PUBLIC),
    mode: reader.choice(item, 'mode', path, ['certificate', 'publicKey', 'both'] as const) ?? 'both',
    platformSerial: reader.text(item, 'platformSerial', path, /^[0-9A-F]{8,40}$/),
    platformPrivateKeyPem: reader.text(item, 'platformPrivateKeyPem', path, PRIVATE),
    ...reader.optionalText(item, 'platformCertPem'),
    publicKeyId: reader.text(item, 'publicKeyId', path, /^PUB_KEY_ID_\d+$/),
    ...reader.optionalText(item, 'publicKeyPrivatePem'),
  }
}

function alipayApp(reader: Reader, item: Plain, path: string): AlipayAppConfig {
  const mode = reader.choice(item, 'mode', path, ['key', 'certificate'] as const) ?? 'key'
  const needed = mode === 'key' ? ['appPublicKeyPem'] : ['appCertPem', 'alipayCertPem', 'alipayRootCertPem']
  for (const key of needed) reader.text(item, key, path)
  return {
    appId: reader.text(item, 'appId', path, /^\d{16}$/),
    mode,
    idMode: reader.choice(item, 'idMode', path, ['openid', 'userid'] as const) ?? 'openid',
    ...reader.optionalText(item, 'appPublicKeyPem'),
    ...reader.optionalText(item, 'appCertPem'),
    alipayPrivateKeyPem: reader.text(item, 'alipayPrivateKeyPem', path, PRIVATE),
    ...reader.optionalText(item, 'alipayCertPem'),
    ...reader.optionalText(item, 'alipayRootCertPem'),
    aesKey: reader.text(item, 'aesKey', path),
    pid: reader.text(item, 'pid', path, /^2088\d{12}$/),
    ...reader.optionalText(item, 'name'),
    templates: templates(reader, item['templates'], `${path}.templates`),
  }
}

function person(reader: Reader, item: Plain, path: string): Person {
  const text = (key: string): string | null => (typeof item[key] === 'string' ? item[key] : null)
  return {
    id: reader.text(item, 'id', path, /^[A-Za-z0-9_-]+$/),
    name: reader.text(item, 'name', path),
    phone:
      item['phone'] === undefined || item['phone'] === null
        ? null
        : reader.text(item, 'phone', path, /^1\d{10}$/),
    unionid: text('unionid'),
    openids: {},
    alipayUserId: reader.text(item, 'alipayUserId', path, /^2088\d{12}$/),
    alipayOpenIds: {},
    ...(item['snapshot'] === true ? { snapshot: true } : {}),
  }
}

function push(reader: Reader, value: unknown): { push?: PushConfig } {
  if (value === undefined || value === null) return {}
  const path = 'wechat.mini.push'
  const from = reader.object(value, path)
  return {
    push: {
      url: reader.text(from, 'url', path, /^https?:\/\//),
      token: reader.text(from, 'token', path, /^[A-Za-z0-9]{3,32}$/),
      encodingAesKey: reader.text(from, 'encodingAesKey', path, /^[A-Za-z0-9]{43}$/),
    },
  }
}

function wechat(reader: Reader, value: unknown): SandboxConfig['wechat'] {
  const root = reader.object(value, 'wechat')
  const mini = reader.object(root['mini'], 'wechat.mini')
  const oa = reader.object(root['oa'], 'wechat.oa')
  return {
    mini: {
      appid: reader.text(mini, 'appid', 'wechat.mini', APPID),
      secret: reader.text(mini, 'secret', 'wechat.mini'),
      templates: templates(reader, mini['templates'], 'wechat.mini.templates'),
      ...push(reader, mini['push']),
    },
    oa: {
      appid: reader.text(oa, 'appid', 'wechat.oa', APPID),
      secret: reader.text(oa, 'secret', 'wechat.oa'),
      token: reader.text(oa, 'token', 'wechat.oa', /^[A-Za-z0-9]{3,32}$/),
      encodingAesKey: reader.text(oa, 'encodingAesKey', 'wechat.oa', /^[A-Za-z0-9]{43}$/),
      oauthDomains: reader.texts(oa['oauthDomains'], 'wechat.oa.oauthDomains'),
      templates: templates(reader, oa['templates'], 'wechat.oa.templates'),
      ...reader.optionalText(oa, 'pushUrl'),
      ...reader.optionalText(oa, 'name'),
      ...(oa['pushMode'] === undefined
        ? {}
        : { pushMode: reader.choice(oa, 'pushMode', 'wechat.oa', ['safe', 'plain'] as const) ?? 'safe' }),
    },
    merchants: reader.list(root['merchants'], 'wechat.merchants', (item, path) =>
      merchant(reader, item, path),
    ),
  }
}

function smsSection(reader: Reader, sms: Plain): SandboxConfig['sms'] {
  return {
    apiKey: reader.text(sms, 'apiKey', 'sms'),
    apiSecret: reader.text(sms, 'apiSecret', 'sms'),
    ...reader.optionalText(sms, 'signName'),
    ...reader.optionalText(sms, 'reportUrl'),
    templates: reader.list(sms['templates'], 'sms.templates', (item, path) => ({
      code: reader.text(item, 'code', path),
      text: reader.text(item, 'text', path),
    })),
  }
}

function mailSection(reader: Reader, value: unknown): Pick<SandboxConfig, 'mail'> {
  if (value === undefined || value === null) return {}
  const from = reader.object(value, 'mail')
  return {
    mail: {
      port: reader.number(from, 'port', 'mail', { usual: 0, min: 0, max: 65_535 }),
      ...reader.optionalText(from, 'user'),
      ...reader.optionalText(from, 'password'),
    },
  }
}

function taxSection(reader: Reader, value: unknown): Pick<SandboxConfig, 'tax'> {
  if (value === undefined || value === null) return {}
  const from = reader.object(value, 'tax')
  return {
    tax: {
      appKey: reader.text(from, 'appKey', 'tax'),
      secret: reader.text(from, 'secret', 'tax'),
      sellers: reader.list(from['sellers'], 'tax.sellers', (item, path) => ({
        taxNo: reader.text(item, 'taxNo', path, /^[0-9A-Z]{15,20}$/),
        name: reader.text(item, 'name', path),
      })),
    },
  }
}

/** Checks a parsed configuration whole; throws ConfigError with every fault. */
export function checkConfig(value: unknown): SandboxConfig {
  const reader = new Reader()
  const root = reader.object(value, '配置')
  const phones = reader.optionalObject(root['phones'], 'phones')
  const alipay = reader.optionalObject(root['alipay'], 'alipay')
  const sms = reader.optionalObject(root['sms'], 'sms')
  const port = (from: Plain, key: string, path: string, usual: number): number =>
    reader.number(from, key, path, { usual, min: 0, max: 65_535 })
  const people = reader.list(root['people'], 'people', (item, path) => person(reader, item, path))
  const host = root['host'] ?? '127.0.0.1'
  if (typeof host !== 'string') reader.faults.push('host 应是文字')
  const origin = reader.text(root, 'portalOrigin', '配置')
  if (origin !== '' && !URL.canParse(origin)) reader.faults.push('配置.portalOrigin 不是网址')
  const config: SandboxConfig = {
    host: String(host),
    port: port(root, 'port', '配置', 3900),
    dataDir: reader.optionalText(root, 'dataDir').dataDir ?? null,
    portalOrigin: origin,
    phones: {
      wechatPort: port(phones, 'wechatPort', 'phones', 3901),
      alipayPort: port(phones, 'alipayPort', 'phones', 3902),
      workerPort: port(phones, 'workerPort', 'phones', 3903),
    },
    seed: reader.number(root, 'seed', '配置', { usual: 1, min: 0, max: 4_294_967_295 }),
    speed: reader.number(root, 'speed', '配置', { usual: 1, min: 0, max: 1_000_000 }),
    wechat: wechat(reader, root['wechat']),
    alipay: {
      apps: reader.list(alipay['apps'], 'alipay.apps', (item, path) => alipayApp(reader, item, path)),
    },
    sms: smsSection(reader, sms),
    ...mailSection(reader, root['mail']),
    utility: reader.list(root['utility'], 'utility', (item, path) => ({
      companyId: reader.text(item, 'companyId', path),
      secret: reader.text(item, 'secret', path),
    })),
    ...taxSection(reader, root['tax']),
    switches: reader.list(root['switches'], 'switches', (item, path) => ({
      companyId: reader.text(item, 'companyId', path),
      secret: reader.text(item, 'secret', path),
      url: reader.text(item, 'url', path),
    })),
    linkRules: reader.list(root['linkRules'], 'linkRules', (item, path) => ({
      wallet: reader.choice(item, 'wallet', path, ['wechat', 'alipay'] as const) ?? 'wechat',
      appId: reader.text(item, 'appId', path),
      link: reader.text(item, 'link', path, /^https?:\/\//),
      match: item['match'] === 'exact' ? ('exact' as const) : ('prefix' as const),
      page: reader.text(item, 'page', path),
    })),
    people: people.length > 0 ? people : DEFAULT_PEOPLE,
  }
  if (reader.faults.length > 0) throw new ConfigError(reader.faults)
  return config
}

/** Reads and checks the YAML file. */
export function loadConfig(file: string): SandboxConfig {
  return checkConfig(parse(readFileSync(file, 'utf8')))
}
