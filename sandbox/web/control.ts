import type { PayAnswer, PayOutcome, PayTicket, SubscribeAnswer, Wallet } from './protocol'

export interface Person {
  id: string
  name: string
  phone: string | null
  snapshot?: boolean
}

export interface Message {
  id: string
  phone: Wallet | 'sms'
  personId: string
  kind: string
  title: string
  fields: { label: string; value: string }[]
  page?: string
  at: number
}

/** A rule of the wallet's console opens the mini-program; without one its browser opens what is the portal's. */
export type Scanned =
  | { opens: 'mini'; page: string; query: Record<string, string> }
  | { opens: 'browser'; path: string }
  | { opens: 'nothing'; message: string }

/** What a payment sheet shows before the password. */
export interface PayOrder {
  payee: string
  subject: string
  totalFen: number
  /** The platform's word for the order: NOTPAY, SUCCESS, WAIT_BUYER_PAY, TRADE_CLOSED … */
  state: string
}

/** The sandbox's control API as the browser uses it; `base` is /control, or /__phone/control inside a phone. */
export interface Control {
  get<T>(path: string): Promise<T>
  /** Where a picture is that the browser fetches by itself. */
  address(path: string): string
  send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>
  people(): Promise<Person[]>
  inbox(personId: string): Promise<Message[]>
  order(wallet: Wallet, ticket: PayTicket): Promise<PayOrder>
  pay(wallet: Wallet, ticket: PayTicket, personId: string, outcome: PayOutcome): Promise<PayAnswer>
  subscribe(
    wallet: Wallet,
    personId: string,
    ids: string[],
    answer: 'accept' | 'reject',
  ): Promise<SubscribeAnswer>
  authCode(personId: string, appId: string): Promise<string>
  /** What this wallet's scanner does with the text of a code. */
  scan(wallet: Wallet, text: string): Promise<Scanned>
}

/** A refusal of the control API; `message` is fit to be shown. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

function words(status: number, body: unknown): string {
  if (typeof body === 'object' && body !== null) {
    const { message, error } = body as { message?: unknown; error?: unknown }
    if (typeof message === 'string' && message !== '') return message
    if (typeof error === 'string' && error !== '') return error
    if (typeof error === 'object' && error !== null) return words(status, error)
  }
  return status === 0 ? '沙箱没有应答' : `沙箱答 ${status}`
}

async function call<T>(address: string, method: string, body?: unknown): Promise<T> {
  let response: Response
  try {
    response = await fetch(address, {
      method,
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    throw new ControlError(0, words(0, null))
  }
  const text = await response.text()
  let parsed: unknown = null
  try {
    parsed = text === '' ? null : JSON.parse(text)
  } catch {
    parsed = { message: text.slice(0, 120) }
  }
  if (!response.ok) throw new ControlError(response.status, words(response.status, parsed))
  return parsed as T
}

/** A list, whether the answer is the list or an object that holds it under `key`. */
export function listOf<T>(answer: unknown, key: string): T[] {
  if (Array.isArray(answer)) return answer as T[]
  if (typeof answer !== 'object' || answer === null) return []
  const inner = (answer as Record<string, unknown>)[key]
  return Array.isArray(inner) ? (inner as T[]) : []
}

/** The wallet's own refusal of an order, with the word it tells the page. */
export class WalletRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

interface OrderAnswer {
  merchantName?: string
  description?: string
  seller?: string
  subject?: string
  totalFen: number
  state: string
}

/** `requestPayment:fail (订单已关闭)` → 订单已关闭. */
function readable(errMsg: string): string {
  return errMsg
    .replace(/^[a-zA-Z]+:\s*(ok|fail)?\s*/, '')
    .replace(/^[(（](.*)[)）]$/, '$1')
    .trim()
}

/** The client of the control API under `base`. */
export function createControl(base: string): Control {
  const get = <T>(path: string): Promise<T> => call<T>(base + path, 'GET')
  const send = <T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> =>
    call<T>(base + path, method, body)
  return {
    get,
    send,
    address: (path) => base + path,
    people: async () => listOf<Person>(await get('/people'), 'people'),
    inbox: async (personId) =>
      listOf<Message>(await get(`/inbox?personId=${encodeURIComponent(personId)}`), 'messages'),
    order: async (wallet, { reference, params }) => {
      if (params) {
        const check = await send<{ ok: boolean; errMsg?: string }>('POST', '/wechat/check-pay', { params })
        const errMsg = check.errMsg ?? 'requestPayment:fail'
        if (!check.ok) throw new WalletRefusal(errMsg, readable(errMsg))
      }
      const path = wallet === 'wechat' ? '/wechat/prepay/' : '/alipay/trade/'
      const answer = await get<OrderAnswer>(path + encodeURIComponent(reference))
      return {
        payee: answer.merchantName ?? answer.seller ?? '商户',
        subject: answer.description ?? answer.subject ?? '',
        totalFen: answer.totalFen,
        state: answer.state,
      }
    },
    pay: async (wallet, { reference, params }, personId, outcome) => {
      if (wallet === 'wechat') {
        const body = { prepayId: reference, personId, outcome, ...(params ? { params } : {}) }
        const { errMsg } = await send<{ errMsg: string }>('POST', '/wechat/pay', body)
        return { code: errMsg, memo: readable(errMsg) }
      }
      const body = { tradeNo: reference, personId, outcome }
      const answer = await send<{ resultCode: string; memo?: string }>('POST', '/alipay/pay', body)
      return { code: answer.resultCode, memo: answer.memo ?? '' }
    },
    subscribe: (wallet, personId, ids, answer) => {
      const body =
        wallet === 'wechat' ? { personId, tmplIds: ids, answer } : { personId, entityIds: ids, answer }
      return send('POST', `/${wallet}/subscribe`, body)
    },
    scan: (wallet, text) => send('POST', '/links/scan', { wallet, text }),
    authCode: async (personId, appId) => {
      const answer = await send<{ code?: string; authCode?: string }>('POST', '/alipay/auth-code', {
        personId,
        appId,
      })
      return answer.authCode ?? answer.code ?? ''
    },
  }
}
