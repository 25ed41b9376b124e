import { z } from 'zod'
import { type Clock, shanghaiRfc3339 } from '../../core/clock'
import { AppError } from '../../core/errors'
import { randomToken } from '../../core/ids'
import type { WechatMerchantConfig } from '../config'
import type { OutgoingHttp } from '../outgoing-http'
import type {
  OrderRef,
  PaymentChannel,
  PrepayInput,
  PrepayResult,
  RefundView,
  TradeView,
} from '../payment-channel'
import type { WechatCashierInput, WechatCashierParams } from '../platforms'
import type { PlatformLog } from '../support'
import { callPay, type PayAnswer, type PayCaller, refusal, unavailable } from './pay-call'
import { createPlatformKeys, type PlatformKeys } from './pay-keys'
import { findMerchant, type PayMerchant, payMerchant, signAsMerchant } from './pay-merchant'
import { openPayNotice, readPayNotice } from './pay-notice'
import { readRefund, readTrade } from './pay-trades'

export interface WechatPay extends PaymentChannel {
  /** Signs one opening of the cashier (wechat.md 4.5). */
  signCashier(input: WechatCashierInput): WechatCashierParams
}

export interface WechatPayOptions {
  readonly merchants: Readonly<Record<string, WechatMerchantConfig>>
  readonly baseUrl: string
  readonly http: OutgoingHttp
  readonly clock: Clock
  readonly log: PlatformLog
}

const PREPAY_LIFE_MS = 2 * 3_600_000
// Our numbers become part of a path, so nothing else is let through.
const ORDER_NO = /^[0-9A-Za-z_-]{6,64}$/
/** Refusals of a prepay after which the order itself has to be looked at (both spellings occur). */
const LOOK_AT_ORDER = new Set(['OUT_TRADE_NO_USED', 'ORDER_PAID', 'ORDERPAID', 'ORDER_CLOSED', 'ORDERCLOSED'])

/** The one kind of refusal that says something about the order: there is none. */
const NOT_FOUND = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS'])

const prepayAnswer = z.object({ prepay_id: z.string().min(1) })

/** WeChat Pay API v3 for direct merchants, over all merchant accounts of the configuration. */
export function createWechatPay(options: WechatPayOptions): WechatPay {
  const { http, baseUrl, clock, log } = options
  const merchants = new Map(
    Object.entries(options.merchants).map(([key, config]) => [key, payMerchant(key, config)]),
  )
  const keys = new Map<PayMerchant, PlatformKeys>()
  for (const merchant of merchants.values()) {
    keys.set(merchant, createPlatformKeys({ merchant, http, baseUrl, clock, log }))
  }
  const keysOf = (merchant: PayMerchant): PlatformKeys => {
    const found = keys.get(merchant)
    if (!found) throw new AppError('internal', { detail: `no keys for ${merchant.merchantKey}` })
    return found
  }
  const caller: PayCaller = { http, baseUrl, clock, keysOf }
  const merchantOf = (order: OrderRef): PayMerchant => findMerchant(merchants, order.merchantKey)

  return {
    name: 'wechat',
    prepay: (input) => prepay(caller, merchantOf(input), input),
    query: (order) => query(caller, merchantOf(order), order.orderNo),
    close: (order) => close(caller, merchantOf(order), order.orderNo),
    refund: async (input) => {
      const merchant = merchantOf(input)
      const answer = await callPay(caller, merchant, (library) =>
        library.refunds({
          out_trade_no: checkedNo(input.orderNo),
          out_refund_no: checkedNo(input.refundNo),
          reason: cutTo(input.reason, 40),
          notify_url: input.notifyUrl,
          amount: { refund: input.amountFen, total: input.totalFen, currency: 'CNY' },
        }),
      )
      return refundView(answer, input.refundNo, 'refund')
    },
    queryRefund: async (ref) => {
      const answer = await callPay(caller, merchantOf(ref), (library) =>
        library.find_refunds(checkedNo(ref.refundNo)),
      )
      return refundView(answer, ref.refundNo, 'refund query')
    },
    readNotice: (headers, rawBody) =>
      readPayNotice({ clock, merchants: [...merchants.values()], keysOf }, headers, rawBody),
    reopenNotice: async (rawBody) => openPayNotice([...merchants.values()], rawBody),
    ack: (accepted) => ({
      status: accepted ? 200 : 500,
      contentType: 'application/json; charset=utf-8',
      body: accepted ? '{"code":"SUCCESS","message":"成功"}' : '{"code":"FAIL","message":"失败"}',
    }),
    signCashier: ({ appId, prepayId, merchantKey }) => {
      const timeStamp = String(Math.trunc(clock.now() / 1000))
      const nonceStr = randomToken(16)
      const packageText = `prepay_id=${prepayId}`
      const text = `${appId}\n${timeStamp}\n${nonceStr}\n${packageText}\n`
      const paySign = signAsMerchant(findMerchant(merchants, merchantKey), text)
      return { appId, timeStamp, nonceStr, package: packageText, signType: 'RSA', paySign }
    },
  }
}

async function prepay(caller: PayCaller, merchant: PayMerchant, input: PrepayInput): Promise<PrepayResult> {
  if (input.payer?.idType !== 'openid' || !input.product.startsWith('wechat-')) {
    throw new AppError('payment_product_unavailable', { detail: `wechat pay cannot serve ${input.product}` })
  }
  const openid = input.payer.value
  const answer = await callPay(caller, merchant, (library) =>
    library.transactions_jsapi({
      appid: input.appId,
      description: cutTo(input.description, 40),
      out_trade_no: checkedNo(input.orderNo),
      time_expire: shanghaiRfc3339(input.expiresAt),
      notify_url: input.notifyUrl,
      amount: { total: input.amountFen, currency: 'CNY' },
      payer: { openid },
    }),
  )
  if (answer.kind === 'ok') {
    const parsed = prepayAnswer.safeParse(answer.json)
    if (!parsed.success) throw unavailable('prepay', 'answer without prepay_id')
    const handleExpiresAt = Math.min(caller.clock.now() + PREPAY_LIFE_MS, input.expiresAt)
    return { kind: 'wechat-jsapi', handle: parsed.data.prepay_id, handleExpiresAt }
  }
  if (!LOOK_AT_ORDER.has(answer.code)) throw refusal('prepay', answer)
  const { state } = await query(caller, merchant, input.orderNo)
  if (state === 'paid' || state === 'refunded') return { kind: 'already-paid' }
  if (state === 'closed') return { kind: 'already-closed' }
  throw refusal('prepay', answer)
}

async function query(caller: PayCaller, merchant: PayMerchant, orderNo: string): Promise<TradeView> {
  const answer = await callPay(caller, merchant, (library) =>
    library.query({ out_trade_no: checkedNo(orderNo) }),
  )
  const { rawBody } = answer
  if (answer.kind === 'refused') {
    if (!NOT_FOUND.has(answer.code)) throw refusal('query', answer)
    return { state: 'not_found', trade: null, rawBody }
  }
  const read = readTrade(answer.json)
  if (!read) throw unavailable('query', 'unreadable trade')
  // A genuine answer about another order, replayed within its five minutes, must not settle this one.
  if (read.orderNo !== orderNo || read.mchid !== merchant.mchid)
    throw unavailable('query', 'answer of another order')
  return { state: read.state, trade: read.trade, rawBody }
}

async function close(
  caller: PayCaller,
  merchant: PayMerchant,
  orderNo: string,
): Promise<'closed' | 'paid' | 'not_found'> {
  const answer = await callPay(caller, merchant, (library) => library.close(checkedNo(orderNo)))
  if (answer.kind === 'ok') return 'closed'
  // Which code a paid order gets is not documented, so every refusal leads to a look at the order.
  const { state } = await query(caller, merchant, orderNo)
  if (state === 'paid' || state === 'refunded') return 'paid'
  if (state === 'unpaid') throw refusal('close', answer)
  return state
}

function refundView(answer: PayAnswer, refundNo: string, what: string): RefundView {
  const { rawBody } = answer
  if (answer.kind === 'refused') {
    if (answer.code === 'USER_ACCOUNT_ABNORMAL') return { state: 'abnormal', platformRefundNo: null, rawBody }
    if (NOT_FOUND.has(answer.code)) return { state: 'not_found', platformRefundNo: null, rawBody }
    throw refusal(what, answer)
  }
  const read = readRefund(answer.json)
  if (!read || read.refundNo !== refundNo) throw unavailable(what, 'answer of another refund')
  return { state: read.state, platformRefundNo: read.platformRefundNo, rawBody }
}

function checkedNo(no: string): string {
  if (!ORDER_NO.test(no))
    throw new AppError('internal', { detail: 'an order number must be 6 to 64 of 0-9A-Za-z_-' })
  return no
}

/** Documented limits are in characters or bytes, nobody says which; forty Chinese characters fit either way. */
function cutTo(text: string, characters: number): string {
  return [...text].slice(0, characters).join('')
}
