import type { Person } from './people'

/** A message template as the platform's console would hold it. `key` is type and number, such as thing1. */
export interface TemplateConfig {
  id: string
  title: string
  fields: { key: string; label: string }[]
  kind: 'once' | 'longterm'
}

/** One WeChat Pay merchant, the platform's half of its keys. */
export interface MerchantConfig {
  mchid: string
  name?: string
  appids: string[]
  /** 32 ASCII characters. */
  apiV3Key: string
  /** 40 upper-case hexadecimal characters. */
  merchantSerial: string
  merchantPublicKeyPem: string
  mode: 'certificate' | 'publicKey' | 'both'
  platformSerial: string
  platformPrivateKeyPem: string
  /** The self-signed X.509 certificate given out by /v3/certificates. */
  platformCertPem?: string
  /** PUB_KEY_ID_ and digits. */
  publicKeyId: string
  /** The private half of the WeChat Pay public key; the platform key serves for both when absent. */
  publicKeyPrivatePem?: string
}

/** The message push of one account: address, token (3 to 32 letters and digits) and 43-character AES key. */
export interface PushConfig {
  url: string
  token: string
  encodingAesKey: string
}

export interface WechatConfig {
  mini: {
    appid: string
    secret: string
    templates: TemplateConfig[]
    /** Where events are pushed in safe mode; nothing is pushed when absent. */
    push?: PushConfig
  }
  oa: {
    appid: string
    secret: string
    token: string
    encodingAesKey: string
    /** The account's 消息加解密方式; safe when absent. */
    pushMode?: 'safe' | 'plain'
    /** The account's name, as its chat shows it. */
    name?: string
    oauthDomains: string[]
    /** Where events are pushed in safe mode with the token and key above; nothing is pushed when absent. */
    pushUrl?: string
    templates?: TemplateConfig[]
  }
  merchants: MerchantConfig[]
}

/** One Alipay application, the platform's half of its keys. */
export interface AlipayAppConfig {
  appId: string
  mode: 'key' | 'certificate'
  idMode: 'openid' | 'userid'
  appPublicKeyPem?: string
  appCertPem?: string
  alipayPrivateKeyPem: string
  alipayCertPem?: string
  alipayRootCertPem?: string
  aesKey: string
  /** The seller id, 2088 and twelve digits. */
  pid: string
  name?: string
  templates: TemplateConfig[]
}

/** What an operator types into a platform's console so that codes with an ordinary link open the mini-program. */
export interface LinkRuleConfig {
  wallet: 'wechat' | 'alipay'
  appId: string
  link: string
  /** Alipay's choice between a beginning and the whole link. */
  match: 'prefix' | 'exact'
  /** The page that opens, without a slash before it. */
  page: string
}

/** Everything the sandbox is told. Loaded from YAML by load-config.ts. */
export interface SandboxConfig {
  host: string
  port: number
  /** Where the snapshot is written; null keeps everything in memory. */
  dataDir: string | null
  /** Where the real portal listens, such as http://127.0.0.1:3000. */
  portalOrigin: string
  phones: { wechatPort: number; alipayPort: number; workerPort: number }
  seed: number
  /** Sandbox seconds per real second; 0 stands still. */
  speed: number
  wechat: WechatConfig
  alipay: { apps: AlipayAppConfig[] }
  sms: {
    apiKey: string
    apiSecret: string
    /** The approved signature; 一户 when absent. */
    signName?: string
    /** Approved templates beside the sandbox's own; `${name}` stands for a variable. */
    templates?: { code: string; text: string }[]
    /** Where status reports go; nothing is reported when absent. */
    reportUrl?: string
  }
  /** A mail server on this machine that keeps what it is given; absent, there is none. Port 0 takes a free one. */
  mail?: { port: number; user?: string; password?: string }
  utility: { companyId: string; secret: string }[]
  /** The tax platform's account of whoever issues invoices here, and the companies registered under it; absent, there is none. */
  tax?: { appKey: string; secret: string; sellers: { taxNo: string; name: string }[] }
  /** Call centres' switches: where each tells of its calls, and what it signs with. */
  switches: { companyId: string; secret: string; url: string }[]
  /** Rules for ordinary links that are added and published at the start, as an operator would. */
  linkRules: LinkRuleConfig[]
  people: Person[]
}
