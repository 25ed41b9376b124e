import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * What the platform folders need to be told. Every secret may be given as text (`secret`, `privateKeyPem`) or
 * as the path of a file that holds it, under the same name with `File` at the end (`privateKeyPemFile`). The
 * schema lists every fault it finds, keys that do not parse included, so that one start tells all.
 */

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const merchantKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
const wechatAppId = z.string().regex(/^wx[0-9a-z]{16}$/i, 'an appid is wx and 16 letters or digits')
const wechatSecret = z.string().min(16)

function parses(read: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      read(text)
      return true
    } catch {
      return false
    }
  }
}

const privateKeyPem = z.string().refine(parses(createPrivateKey), 'not a private key in PEM form')
const publicKeyPem = z.string().refine(parses(createPublicKey), 'not a public key in PEM form')
const certificatePem = z.string().refine(
  parses((text) => new X509Certificate(text)),
  'not a certificate in PEM form',
)

const wechatMerchant = z
  .strictObject({
    mchid: z.string().regex(/^\d{8,10}$/),
    apiV3Key: z.string().regex(/^[\x21-\x7e]{32}$/, 'an APIv3 key is 32 ASCII characters'),
    /** Serial number of the merchant API certificate. */
    serial: z.string().regex(/^[0-9A-Fa-f]{16,64}$/),
    privateKeyPem,
    /** WeChat Pay public key mode: the key's id and its PEM. */
    publicKeyId: z
      .string()
      .regex(/^PUB_KEY_ID_\d+$/)
      .optional(),
    publicKeyPem: publicKeyPem.optional(),
    /** Platform certificate mode; both modes at once while a merchant migrates. */
    useCertificates: z.boolean().default(false),
  })
  .superRefine((merchant, ctx) => {
    if ((merchant.publicKeyId === undefined) !== (merchant.publicKeyPem === undefined)) {
      ctx.addIssue({
        code: 'custom',
        path: ['publicKeyId'],
        message: 'publicKeyId and publicKeyPem go together',
      })
    }
    if (merchant.publicKeyId === undefined && !merchant.useCertificates) {
      ctx.addIssue({
        code: 'custom',
        path: ['useCertificates'],
        message: 'nothing could be verified: give a publicKeyId, or set useCertificates',
      })
    }
  })

const messageTemplate = z.strictObject({
  /** The id that the platform's console gave this template. */
  id: z.string().min(1),
  /** Where the template's field names (thing1, amount2, keyword1) are others than templates/ says: field → our value. */
  fields: z.record(z.string(), z.string().min(1)).optional(),
  /** One permission lasts for ever; the others are good for one message each. A wallet does not ask for both at once. */
  longTerm: z.boolean().optional(),
})
const templates = z.record(z.string(), messageTemplate).default({})

/** "消息推送" of an account: what its console shows. Without an EncodingAESKey the account is taken to be in plain mode. */
const wechatPush = z.strictObject({
  token: z.string().regex(/^[0-9A-Za-z]{3,32}$/, 'a push token has 3 to 32 letters or digits'),
  encodingAesKey: z
    .string()
    .regex(/^[0-9A-Za-z]{43}$/, 'an EncodingAESKey has 43 letters or digits')
    .optional(),
})

const wechat = z.strictObject({
  apiBaseUrl: httpUrl.default('https://api.weixin.qq.com'),
  openBaseUrl: httpUrl.default('https://open.weixin.qq.com'),
  payBaseUrl: httpUrl.default('https://api.mch.weixin.qq.com'),
  mini: z.strictObject({ appId: wechatAppId, secret: wechatSecret, push: wechatPush.optional() }),
  oa: z.strictObject({ appId: wechatAppId, secret: wechatSecret, push: wechatPush.optional() }),
  /** Which build of the mini-program a tapped message opens. */
  miniprogramState: z.enum(['developer', 'trial', 'formal']).default('formal'),
  merchants: z.record(merchantKey, wechatMerchant),
  subscribeTemplates: templates,
  /** Template messages of the official account. */
  oaTemplates: templates,
})

const alipayAppId = z.string().regex(/^\d{16}$/, 'an Alipay app id has 16 digits')
const aesKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 16, 'an AES key is 16 bytes in base64')
const alipayCommon = {
  appId: alipayAppId,
  /** PEM, or the bare base64 that Alipay's key tool writes; PKCS#1 or PKCS#8. */
  privateKey: z.string().min(1),
  /** The key of "接口内容加密方式", needed for phone numbers. */
  aesKey: aesKey.optional(),
}
const alipayApp = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('key'), ...alipayCommon, alipayPublicKey: z.string().min(1) }),
  z.strictObject({
    mode: z.literal('certificate'),
    ...alipayCommon,
    appCertPem: certificatePem,
    alipayRootCertPem: z.string().min(1),
    alipayPublicCertPem: certificatePem,
  }),
])

const alipay = z
  .strictObject({
    gatewayUrl: httpUrl.default('https://openapi.alipay.com/gateway.do'),
    authorizeUrl: httpUrl.default('https://openauth.alipay.com/oauth2/publicAppAuthorize.htm'),
    /** Every application that signs requests. `mini` and `web` are the ones residents log in to. */
    apps: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), alipayApp),
    /** `appKey` signs the trades of this seller; `webAppKey` those of the browser cashier, when it is another. */
    merchants: z.record(
      merchantKey,
      z.strictObject({
        appKey: z.string(),
        webAppKey: z.string().optional(),
        pid: z.string().regex(/^2088\d{12}$/, 'a PID is 2088 and twelve digits'),
      }),
    ),
    messageTemplates: templates,
  })
  .superRefine((config, ctx) => {
    for (const name of ['mini', 'web']) {
      if (!config.apps[name])
        ctx.addIssue({ code: 'custom', path: ['apps', name], message: 'this app is required' })
    }
    for (const [key, merchant] of Object.entries(config.merchants)) {
      for (const field of ['appKey', 'webAppKey'] as const) {
        const name = merchant[field]
        if (name !== undefined && !config.apps[name]) {
          ctx.addIssue({
            code: 'custom',
            path: ['merchants', key, field],
            message: `there is no app named ${name}`,
          })
        }
      }
    }
  })

const smsCommon = {
  /** The approved signature, without its brackets; it stands in front of every text and counts towards its length. */
  signName: z.string().min(2).max(12).default('一户'),
  /** What one part costs, rounded up to whole fen. */
  priceFen: z.int().min(0).max(100).default(5),
  /**
   * The secret last part of the address for status reports, https://<publicUrl>/sms/report/<reportToken>, which is
   * entered in the provider's console. Without it no report is taken.
   */
  reportToken: z
    .string()
    .regex(/^[0-9A-Za-z_-]{24,64}$/, 'a report token has 24 to 64 letters, digits, - or _')
    .optional(),
  /** The provider's approved template for verification codes, with the variable `code`. */
  codeTemplateId: z.string().min(1).default('SMS_VERIFY'),
  /** The variable that takes the minutes, where the approved text has one. */
  codeMinutesField: z.string().min(1).optional(),
  /**
   * The approved template for the link to a caller's request: `<publicUrl>/r/` is fixed text of it, followed by the
   * variable `token`; the other variable is `number`.
   */
  followTemplateId: z.string().min(1).default('SMS_FOLLOW'),
}

const sms = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    baseUrl: httpUrl,
    apiKey: z.string().min(1),
    apiSecret: z.string().min(16),
    ...smsCommon,
  }),
  /** Alibaba Cloud's text message service, through its own SDK. */
  z.strictObject({
    kind: z.literal('aliyun'),
    accessKeyId: z.string().min(1),
    accessKeySecret: z.string().min(16),
    endpoint: httpUrl.default('https://dysmsapi.aliyuncs.com'),
    ...smsCommon,
  }),
  z.strictObject({ kind: z.literal('none') }),
])

/** Mail by any server that speaks SMTP; most want TLS from the first byte on 465, or STARTTLS on 587. */
const mail = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('smtp'),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
    /** TLS from the first byte. Without it STARTTLS is used, and demanded unless `tls` says otherwise. */
    secure: z.boolean().default(false),
    /** `none` only for a server on the same machine. */
    tls: z.enum(['required', 'none']).default('required'),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    /** An address, or a name with an address: 一户 <notice@example.com>. */
    from: z
      .string()
      .regex(/^(?:[^<>@\r\n]{1,60}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'an address of mail'),
    /** How many connections are kept open at most. */
    connectionsMax: z.int().min(1).max(20).default(3),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

const utility = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), baseUrl: httpUrl, secret: z.string().min(16) }),
  z.strictObject({ kind: z.literal('file'), directory: z.string().min(1) }),
  z.strictObject({ kind: z.literal('none') }),
])

/** The tax platform by which a company issues electronic invoices. */
const tax = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    baseUrl: httpUrl,
    appKey: z.string().min(1),
    secret: z.string().min(16),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

const storage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('disk'),
    /** Relative to the project; outside every folder that is served. */
    directory: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: httpUrl,
    region: z.string().min(1).default('us-east-1'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(8),
    /** Whether the bucket stands in the path instead of the host name, as most self-run stores want it. */
    pathStyle: z.boolean().default(true),
    /** default.yaml describes the disk; a file that chooses S3 is merged over it and leaves its key. */
    directory: z.string().optional(),
  }),
])

const settings = z.strictObject({
  connectTimeoutMs: z.int().min(1).max(60_000).default(2000),
  /** Everything about one outgoing call, from dialling to the last byte; it ends before http.handlerTimeoutMs does. */
  totalTimeoutMs: z.int().min(1).max(60_000).default(3500),
  wechat,
  alipay,
  sms,
  mail: mail.default({ kind: 'none' }),
  storage: storage.default({ kind: 'disk', directory: '.data/files' }),
  /** The billing system of each company. */
  utilities: z.record(companyId, utility).default({}),
  /** The tax platform of each company. */
  taxes: z.record(companyId, tax).default({}),
})

/** Replaces every `<name>File: path` by `<name>: <content>`, at any depth. */
function readSecretFiles(
  value: unknown,
  fault: (path: string[], message: string) => void,
  path: string[] = [],
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const here = [...path, key]
    if (!key.endsWith('File') || typeof inner !== 'string') return [key, readSecretFiles(inner, fault, here)]
    try {
      return [key.slice(0, -'File'.length), readFileSync(inner, 'utf8').trim()]
    } catch {
      fault(here, `cannot read ${inner}`)
      return [key.slice(0, -'File'.length), '']
    }
  })
  return Object.fromEntries(entries)
}

export const platformsConfigSchema = z.preprocess(
  (raw, ctx) => readSecretFiles(raw, (path, message) => ctx.addIssue({ code: 'custom', path, message })),
  settings,
)

export type PlatformsConfig = z.output<typeof settings>
export type WechatMerchantConfig = z.output<typeof wechatMerchant>
export type AlipayConfig = PlatformsConfig['alipay']
export type AlipayAppConfig = z.output<typeof alipayApp>
export type SmsConfig = PlatformsConfig['sms']
export type MailConfig = PlatformsConfig['mail']
export type StorageConfig = z.output<typeof storage>
export type UtilityConfig = z.output<typeof utility>
