import type { SharedCache } from '../core/cache'
import type { Clock } from '../core/clock'
import { AppError } from '../core/errors'
import { type AlipayApp, alipayApp } from './alipay/app'
import { createAlipayLogin, createAlipayWebLogin } from './alipay/login'
import { createAlipayLifeMessages, createAlipayMessages } from './alipay/messages'
import { createAlipayPay, sellingAppKey } from './alipay/pay'
import { createAlipayPhone } from './alipay/phone'
import type { PlatformsConfig, UtilityConfig } from './config'
import { createNoMail } from './mail/no-mail'
import { createSmtpMail } from './mail/smtp-mail'
import { createOutgoingHttp, type OutgoingHttp } from './outgoing-http'
import type { Platforms } from './platforms'
import { createAliyunSms } from './sms/aliyun-sms'
import { createHttpSms, createNoSms } from './sms/sms'
import type { SmsChannel } from './sms/sms-channel'
import type { PlatformLog } from './support'
import { createStorage } from './storage/storage'
import { createHttpTax } from './tax/http-tax'
import { createNoTax } from './tax/no-tax'
import { createFileUtility } from './utility/file-utility'
import { createHttpUtility } from './utility/http-utility'
import { createNoUtility } from './utility/no-utility'
import type { UtilitySystem } from './utility-system'
import { createWechatChat } from './wechat/chat'
import { createWechatMedia } from './wechat/media'
import { createWechatContentCheck } from './wechat/content-check'
import { createWechatMiniLogin, createWechatOaLogin } from './wechat/login'
import { createWechatMessages, createWechatTemplateMessages } from './wechat/messages'
import { createWechatOfficialAccount } from './wechat/official-account'
import { createWechatPay } from './wechat/pay'
import { createWechatPhone } from './wechat/phone'
import { createWechatPush } from './wechat/push'
import { createWechatTokens } from './wechat/tokens'

export interface PlatformsOptions {
  readonly config: PlatformsConfig
  readonly clock: Clock
  readonly log: PlatformLog
  /** The portal's own address, for messages that open one of its pages. */
  readonly publicUrl: string
  /** Redis, where there is one. */
  readonly sharedCache?: Pick<SharedCache, 'get' | 'set' | 'lock' | 'increment'> | undefined
}

type WechatParts = Pick<
  Platforms,
  'signWechatCashier' | 'contentCheck' | 'messagePush' | 'officialAccount' | 'chatMedia'
> & {
  payment: Platforms['payments']['wechat']
  mini: Platforms['logins']['wechatMini']
  oa: Platforms['logins']['wechatOa']
  phone: Platforms['phones']['wechat']
  messages: Pick<Platforms['messages'], 'wechatMini' | 'wechatOa' | 'wechatCs' | 'wechatMiniCs'>
}

/** Opens the outside world as the configuration describes it. No call is made here: that waits for the first need. */
export function createPlatforms(options: PlatformsOptions): Platforms {
  const { config, clock } = options
  const http = createOutgoingHttp(config)
  const wechat = wechatParts(options, http)
  const alipay = alipayParts(options, http)
  const utilities = new Map<string, UtilitySystem>()
  for (const [companyId, utility] of Object.entries(config.utilities)) {
    utilities.set(companyId, createUtility(utility, http, clock))
  }
  const noUtility = createNoUtility()
  const taxes = new Map(
    Object.entries(config.taxes).flatMap(([companyId, tax]) =>
      tax.kind === 'http' ? [[companyId, createHttpTax(tax, http, clock)] as const] : [],
    ),
  )
  const noTax = createNoTax()
  return {
    payments: { wechat: wechat.payment, alipay: alipay.payment },
    logins: { wechatMini: wechat.mini, wechatOa: wechat.oa, alipayMini: alipay.mini, alipayWeb: alipay.web },
    phones: { wechat: wechat.phone, alipay: alipay.phone },
    messages: { ...wechat.messages, alipayMini: alipay.messages, alipayLife: alipay.lifeMessages },
    chatMedia: wechat.chatMedia,
    sms: createSms(config, http, clock),
    mail: config.mail.kind === 'smtp' ? createSmtpMail(config.mail, config) : createNoMail(),
    officialAccount: wechat.officialAccount,
    storage: createStorage(config.storage),
    contentCheck: wechat.contentCheck,
    messagePush: wechat.messagePush,
    utility: (companyId) => utilities.get(companyId) ?? noUtility,
    tax: (companyId) => taxes.get(companyId) ?? noTax,
    signWechatCashier: wechat.signWechatCashier,
    payAppId: (product, merchantKey) => payAppId(config, product, merchantKey),
    payMerchantId: (channel, merchantKey) => payMerchantId(config, channel, merchantKey),
    close: () => http.close(),
  }
}

function wechatParts(options: PlatformsOptions, http: OutgoingHttp): WechatParts {
  const { config, clock, log, sharedCache, publicUrl } = options
  const pageUrl = (page: string): string => `${publicUrl}/#/${page}`
  const { wechat } = config
  const api = { http, baseUrl: wechat.apiBaseUrl }
  const { appId } = wechat.mini
  const tokens = createWechatTokens({
    api,
    clock,
    log,
    sharedCache,
    secrets: { [appId]: wechat.mini.secret, [wechat.oa.appId]: wechat.oa.secret },
  })
  const pay = createWechatPay({
    merchants: wechat.merchants,
    baseUrl: wechat.payBaseUrl,
    http,
    clock,
    log,
  })
  return {
    payment: pay,
    signWechatCashier: (input) => pay.signCashier(input),
    mini: createWechatMiniLogin(api, wechat.mini),
    oa: createWechatOaLogin(api, wechat.openBaseUrl, wechat.oa),
    phone: createWechatPhone(tokens, appId),
    contentCheck: createWechatContentCheck(tokens, appId),
    messagePush: createWechatPush([wechat.mini, wechat.oa], clock),
    officialAccount: createWechatOfficialAccount({
      tokens,
      clock,
      appId: wechat.oa.appId,
      miniAppId: appId,
      sharedCache,
    }),
    chatMedia: {
      'wechat-oa': createWechatMedia(tokens, wechat.oa.appId),
      'wechat-mini': createWechatMedia(tokens, appId),
    },
    messages: {
      wechatMini: createWechatMessages({ tokens, appId, miniprogramState: wechat.miniprogramState }),
      wechatOa: createWechatTemplateMessages({ tokens, appId: wechat.oa.appId, pageUrl }),
      wechatCs: createWechatChat({ tokens, appId: wechat.oa.appId, miniAppId: appId, pageUrl }),
      wechatMiniCs: createWechatChat({ tokens, appId, miniAppId: appId, pageUrl }),
    },
  }
}

function alipayParts({ config, clock, publicUrl }: PlatformsOptions, http: OutgoingHttp) {
  const pageUrl = (page: string): string => `${publicUrl}/#/${page}`
  const { alipay } = config
  const gateway = { http, gatewayUrl: alipay.gatewayUrl }
  const apps = new Map<string, AlipayApp>()
  for (const [key, app] of Object.entries(alipay.apps))
    apps.set(key, alipayApp(app, alipay.gatewayUrl, clock))
  const mini = namedApp(apps, 'mini')
  return {
    payment: createAlipayPay({ gateway, apps, merchants: alipay.merchants }),
    mini: createAlipayLogin(gateway, mini),
    web: createAlipayWebLogin(gateway, namedApp(apps, 'web'), alipay.authorizeUrl),
    phone: createAlipayPhone(mini),
    messages: createAlipayMessages(gateway, mini),
    lifeMessages: createAlipayLifeMessages(gateway, apps.get('life'), pageUrl),
  }
}

function namedApp<T>(apps: ReadonlyMap<string, T>, key: string): T {
  const app = apps.get(key)
  if (app === undefined) throw new AppError('internal', { detail: `no Alipay app is configured as ${key}` })
  return app
}

function createSms(config: PlatformsConfig, http: OutgoingHttp, clock: Clock): SmsChannel {
  switch (config.sms.kind) {
    case 'http':
      return createHttpSms(config.sms, http, clock)
    case 'aliyun':
      return createAliyunSms(config.sms, config)
    case 'none':
      return createNoSms()
  }
}

function createUtility(config: UtilityConfig, http: OutgoingHttp, clock: Clock): UtilitySystem {
  switch (config.kind) {
    case 'http':
      return createHttpUtility(config, http, clock)
    case 'file':
      return createFileUtility(config.directory)
    case 'none':
      return createNoUtility()
  }
}

function payAppId(
  config: PlatformsConfig,
  product: Parameters<Platforms['payAppId']>[0],
  merchantKey: string,
): string {
  if (product === 'wechat-mini') return config.wechat.mini.appId
  if (product === 'wechat-oa') return config.wechat.oa.appId
  const { apps, merchants } = config.alipay
  return namedApp(new Map(Object.entries(apps)), sellingAppKey(merchants, merchantKey, product)).appId
}

function payMerchantId(config: PlatformsConfig, channel: 'wechat' | 'alipay', merchantKey: string): string {
  const id =
    channel === 'wechat'
      ? config.wechat.merchants[merchantKey]?.mchid
      : config.alipay.merchants[merchantKey]?.pid
  if (id === undefined)
    throw new AppError('internal', { detail: `no ${channel} merchant is configured as ${merchantKey}` })
  return id
}
