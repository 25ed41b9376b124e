import type { ContentCheck } from './content-check'
import type { FileStorage } from './file-storage'
import type { InvoiceIssuer } from './invoice-issuer'
import type { LoginChannel, PhoneChannel, WebLoginChannel } from './login-channel'
import type { ChatChannel, ChatMedia, MailChannel, MessageChannel } from './message-channel'
import type { MessagePush } from './message-push'
import type { OfficialAccount } from './official-account'
import type { PaymentChannel, PrepayInput } from './payment-channel'
import type { SmsChannel } from './sms/sms-channel'
import type { UtilitySystem } from './utility-system'

/** What the mini-program or the page hands to WeChat to open the cashier. */
export interface WechatCashierParams {
  readonly appId: string
  /** Seconds, as text. */
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: 'RSA'
  readonly paySign: string
}

export interface WechatCashierInput {
  readonly appId: string
  readonly prepayId: string
  readonly merchantKey: string
}

/** The outside world, picked once from the configuration. */
export interface Platforms {
  readonly payments: Readonly<Record<'wechat' | 'alipay', PaymentChannel>>
  readonly logins: {
    readonly wechatMini: LoginChannel
    readonly wechatOa: WebLoginChannel
    readonly alipayMini: LoginChannel
    readonly alipayWeb: WebLoginChannel
  }
  readonly phones: { readonly wechat: PhoneChannel; readonly alipay: PhoneChannel }
  readonly messages: {
    readonly wechatMini: MessageChannel
    /** Template messages of the official account, to those who follow it. */
    readonly wechatOa: MessageChannel
    /** Customer-service messages of the official account. */
    readonly wechatCs: ChatChannel
    /** Customer-service messages of the mini-program. */
    readonly wechatMiniCs: ChatChannel
    readonly alipayMini: MessageChannel
    /** Template messages of the life account, to those who follow it. */
    readonly alipayLife: MessageChannel
  }
  /** What people sent to these accounts. */
  readonly chatMedia: Readonly<Record<'wechat-oa' | 'wechat-mini', ChatMedia>>
  readonly sms: SmsChannel
  readonly mail: MailChannel
  readonly officialAccount: OfficialAccount
  readonly storage: FileStorage
  /** WeChat's check of what residents write and show; others have none. */
  readonly contentCheck: ContentCheck
  /** What WeChat pushes to us; null where no account has it set up. */
  readonly messagePush: MessagePush | null
  /** The billing system of a company; one that takes nothing and says so where none is configured. */
  utility(companyId: string): UtilitySystem
  /** By what a company issues invoices; one that refuses and says so where none is configured. */
  tax(companyId: string): InvoiceIssuer
  /** Signs the parameters of one opening of the cashier; made fresh for every tap. */
  signWechatCashier(input: WechatCashierInput): WechatCashierParams
  /**
   * The application under which an order of this product is opened and which its notices and answers carry: keep
   * it on the order row, pass it as `PrepayInput.appId`, and compare `SettledTrade.appId` with it.
   */
  payAppId(product: PrepayInput['product'], merchantKey: string): string
  /** mchid or PID, to compare `SettledTrade.merchantId` with. */
  payMerchantId(channel: 'wechat' | 'alipay', merchantKey: string): string
  /** Ends the connections that are kept open. */
  close(): Promise<void>
}
