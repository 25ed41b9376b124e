/** What the page inside a phone and the phone around it say to each other by postMessage. */

export type Wallet = 'wechat' | 'alipay'

/** The phones there are. The worker's runs WeChat and keeps its own cookies. */
export type PhoneName = Wallet | 'worker'

/** What the phone's proxy writes before the bridge. */
export interface PhoneConfig {
  wallet: Wallet
  personId: string
  personName: string
  offline: boolean
  portalOrigins: string[]
  sandboxOrigins: string[]
  /** The origin of the page that draws the phone. */
  hostOrigin: string
}

/** What the page hands the wallet: a prepay id with its signed parameters (WeChat), or a trade number (Alipay). */
export interface PayTicket {
  reference: string
  params?: Record<string, unknown>
}

/** A wish of the page that the phone fulfils and answers. */
export type Call =
  | { call: 'pay'; ticket: PayTicket }
  | { call: 'subscribe'; templateIds: string[] }
  | { call: 'scan' }
  | { call: 'authCode'; appId: string }

/** What the page tells the phone without waiting for an answer. */
export type News =
  | {
      news: 'page'
      title: string
      url: string
      canGoBack: boolean
      personId: string
      /** The colour at the page's lower edge, on which the phone's home indicator goes on. */
      ground: string
    }
  | { news: 'close' }
  | { news: 'toast'; text: string }

/** What the phone tells the page. */
export type Order =
  | { order: 'back' }
  | { order: 'reload' }
  | { order: 'open'; path: string }
  | { order: 'network'; offline: boolean }

export type FromPage = { yihuPhone: 1 } & ({ id: number; body: Call } | { id: 0; body: News })
export type ToPage = { yihuPhone: 1 } & ({ id: number; answer: unknown } | { id: 0; body: Order })

/** How a payment sheet can end; the words of the control API. */
export type PayOutcome = 'paid' | 'cancel' | 'fail' | 'ok-but-unpaid'

/** What the sheet found out. `code` is the wallet's own word: an errMsg (WeChat) or a resultCode (Alipay). */
export interface PayAnswer {
  code: string
  memo?: string
}

/** The platform's answer: among other fields, accept or reject per template id. */
export type SubscribeAnswer = Record<string, unknown>

declare global {
  interface Window {
    yihuPhoneConfig: PhoneConfig
  }
}
