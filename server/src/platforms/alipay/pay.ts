import { z } from 'zod'
import { shanghaiDateTime } from '../../core/clock'
import { AppError } from '../../core/errors'
import { formatYuan } from '../../core/money'
import type { AlipayConfig } from '../config'
import type {
  OrderRef,
  PaymentChannel,
  PrepayInput,
  PrepayResult,
  RefundInput,
  RefundRef,
  RefundView,
  TradeView,
} from '../payment-channel'
import type { AlipayApp } from './app'
import { callGateway, type Gateway, refusal, unavailable } from './gateway'
import { readAlipayNotice } from './pay-notice'
import { readQueriedTrade } from './trades'

export interface AlipayPayOptions {
  readonly gateway: Gateway
  /** By the keys of the configuration; `mini` is the one whose mini-program opens the cashier. */
  readonly apps: ReadonlyMap<string, AlipayApp>
  readonly merchants: AlipayConfig['merchants']
}

const created = z.object({ out_trade_no: z.string(), trade_no: z.string().min(1) })
const refunded = z.object({
  out_trade_no: z.string(),
  trade_no: z.string(),
  fund_change: z.string().optional(),
})
const refundQueried = z.object({
  out_trade_no: z.string().optional(),
  out_request_no: z.string().optional(),
  refund_status: z.string().optional(),
})

/** Alipay's v1 trades over all sellers of the configuration. */
export function createAlipayPay(options: AlipayPayOptions): PaymentChannel {
  const { gateway } = options
  return {
    name: 'alipay',
    prepay: async (input) => {
      const app = appOf(options, input)
      if (input.product === 'alipay-wap') return pageCashier(app, input)
      if (input.product !== 'alipay-mini') throw unavailableProduct(input)
      return createTrade(gateway, app, namedApp(options, 'mini').appId, input)
    },
    query: (order) => query(gateway, appOf(options, order), order.orderNo),
    close: (order) => close(gateway, appOf(options, order), order.orderNo),
    refund: (input) => refund(gateway, appOf(options, input), input),
    queryRefund: (ref) => queryRefund(gateway, appOf(options, ref), ref),
    readNotice: async (_headers, rawBody) => readAlipayNotice([...options.apps.values()], rawBody),
    // Alipay's notices are signed and not sealed, so none is ever kept unread; reading checks it as on the first day.
    reopenNotice: async (rawBody) => readAlipayNotice([...options.apps.values()], rawBody),
    // Anything but these seven bytes makes Alipay send again (alipay.md 3.4).
    ack: (accepted) => ({
      status: accepted ? 200 : 500,
      contentType: 'text/plain',
      body: accepted ? 'success' : 'fail',
    }),
  }
}

/** The application under which orders of this product are opened for this seller. */
export function sellingAppKey(
  merchants: AlipayConfig['merchants'],
  merchantKey: string,
  product: string,
): string {
  const merchant = merchants[merchantKey]
  if (!merchant)
    throw new AppError('internal', { detail: `no Alipay merchant is configured as ${merchantKey}` })
  return product === 'alipay-wap' ? (merchant.webAppKey ?? merchant.appKey) : merchant.appKey
}

/** The seller's application the order was opened under, or its first one where the caller does not say. */
function appOf(options: AlipayPayOptions, order: OrderRef): AlipayApp {
  const main = namedApp(options, sellingAppKey(options.merchants, order.merchantKey, ''))
  const web = namedApp(options, sellingAppKey(options.merchants, order.merchantKey, 'alipay-wap'))
  return order.appId === web.appId ? web : main
}

function namedApp(options: AlipayPayOptions, key: string): AlipayApp {
  const app = options.apps.get(key)
  if (!app) throw new AppError('internal', { detail: `no Alipay app is configured as ${key}` })
  return app
}

function unavailableProduct(input: PrepayInput): AppError {
  return new AppError('payment_product_unavailable', {
    detail: `alipay cannot serve ${input.product} to ${input.payer?.idType ?? 'nobody'}`,
  })
}

/** The terms that both products share. The end is an instant, so that a repeat says exactly the same. */
function terms(input: PrepayInput): Record<string, string> {
  return {
    out_trade_no: input.orderNo,
    total_amount: formatYuan(input.amountFen),
    subject: [...input.description.replace(/[/=&]/g, ' ')].slice(0, 80).join(''),
    time_expire: shanghaiDateTime(input.expiresAt),
  }
}

async function createTrade(
  gateway: Gateway,
  app: AlipayApp,
  miniAppId: string,
  input: PrepayInput,
): Promise<PrepayResult> {
  const method = 'alipay.trade.create'
  const answer = await callGateway(gateway, app, method, {
    notifyUrl: input.notifyUrl,
    bizContent: {
      ...terms(input),
      product_code: 'JSAPI_PAY',
      op_app_id: miniAppId,
      ...buyer(input, app.appId === miniAppId),
    },
  })
  if (answer.kind === 'refused') {
    if (answer.subCode === 'ACQ.TRADE_HAS_SUCCESS') return { kind: 'already-paid' }
    if (answer.subCode === 'ACQ.TRADE_HAS_CLOSE') return { kind: 'already-closed' }
    throw refusal(method, answer)
  }
  const parsed = created.safeParse(answer.json)
  if (!parsed.success || parsed.data.out_trade_no !== input.orderNo)
    throw unavailable(method, 'answer of another order')
  return { kind: 'alipay-trade', handle: parsed.data.trade_no }
}

/** The payer's open_id belongs to the mini-program, which may not be the application that makes the trade. */
function buyer(input: PrepayInput, sameApp: boolean): Record<string, string> {
  if (input.payer?.idType === 'user_id') return { buyer_id: input.payer.value }
  if (input.payer?.idType !== 'open_id') throw unavailableProduct(input)
  return sameApp ? { buyer_open_id: input.payer.value } : { op_buyer_open_id: input.payer.value }
}

function pageCashier(app: AlipayApp, input: PrepayInput): PrepayResult {
  const back = input.returnUrl
  const url = app.signedPageUrl('alipay.trade.wap.pay', {
    notifyUrl: input.notifyUrl,
    ...(back === null ? {} : { returnUrl: back }),
    bizContent: {
      ...terms(input),
      product_code: 'QUICK_WAP_WAY',
      ...(back === null ? {} : { quit_url: back }),
    },
  })
  return { kind: 'alipay-page', url }
}

async function query(gateway: Gateway, app: AlipayApp, orderNo: string): Promise<TradeView> {
  const method = 'alipay.trade.query'
  const answer = await callGateway(gateway, app, method, { bizContent: { out_trade_no: orderNo } })
  const { rawBody } = answer
  if (answer.kind === 'refused') {
    // Also an order whose cashier page was never opened: the trade begins when the payer arrives there.
    if (answer.subCode === 'ACQ.TRADE_NOT_EXIST') return { state: 'not_found', trade: null, rawBody }
    throw refusal(method, answer)
  }
  const read = readQueriedTrade(answer.json, app.appId)
  if (!read) throw unavailable(method, 'unreadable trade')
  if (read.orderNo !== orderNo) throw unavailable(method, 'answer of another order')
  return { state: read.state, trade: read.trade, rawBody }
}

async function close(
  gateway: Gateway,
  app: AlipayApp,
  orderNo: string,
): Promise<'closed' | 'paid' | 'not_found'> {
  const method = 'alipay.trade.close'
  const answer = await callGateway(gateway, app, method, { bizContent: { out_trade_no: orderNo } })
  if (answer.kind === 'ok') return 'closed'
  if (answer.subCode === 'ACQ.TRADE_NOT_EXIST') return 'not_found'
  // Paid and already closed get the same codes.
  const { state } = await query(gateway, app, orderNo)
  if (state === 'paid' || state === 'refunded') return 'paid'
  if (state === 'unpaid') throw refusal(method, answer)
  return state
}

/** The refund period is over, or the contract has none (alipay.md 3.3): asking again never changes this answer. */
const NEVER_REFUNDED: ReadonlySet<string> = new Set(['ACQ.TRADE_HAS_FINISHED', 'ACQ.TRADE_NOT_ALLOW_REFUND'])

async function refund(gateway: Gateway, app: AlipayApp, input: RefundInput): Promise<RefundView> {
  const method = 'alipay.trade.refund'
  const answer = await callGateway(gateway, app, method, {
    bizContent: {
      out_trade_no: input.orderNo,
      refund_amount: formatYuan(input.amountFen),
      out_request_no: input.refundNo,
      refund_reason: [...input.reason].slice(0, 80).join(''),
    },
  })
  const { rawBody } = answer
  if (answer.kind === 'refused') {
    if (answer.subCode === 'ACQ.TRADE_NOT_EXIST')
      return { state: 'not_found', platformRefundNo: null, rawBody }
    if (NEVER_REFUNDED.has(answer.subCode)) return { state: 'impossible', platformRefundNo: null, rawBody }
    if (answer.subCode === 'ACQ.REFUND_ACCOUNT_NOT_EXIST')
      return { state: 'abnormal', platformRefundNo: null, rawBody }
    throw refusal(method, answer)
  }
  const parsed = refunded.safeParse(answer.json)
  if (!parsed.success || parsed.data.out_trade_no !== input.orderNo)
    throw unavailable(method, 'answer of another order')
  // Code 10000 says that the call worked; only fund_change=Y says that money moved.
  const state = parsed.data.fund_change === 'Y' ? 'succeeded' : 'processing'
  return { state, platformRefundNo: parsed.data.trade_no, rawBody }
}

/**
 * A refund that Alipay does not show is `not_found`: never received, failed, or accepted without moving money. The
 * cure is the same for all three, to ask again with the same refund number, which cannot refund twice.
 */
async function queryRefund(gateway: Gateway, app: AlipayApp, ref: RefundRef): Promise<RefundView> {
  const method = 'alipay.trade.fastpay.refund.query'
  const answer = await callGateway(gateway, app, method, {
    bizContent: { out_trade_no: ref.orderNo, out_request_no: ref.refundNo },
  })
  const { rawBody } = answer
  const notFound: RefundView = { state: 'not_found', platformRefundNo: null, rawBody }
  if (answer.kind === 'refused') {
    if (answer.subCode === 'ACQ.TRADE_NOT_EXIST') return notFound
    throw refusal(method, answer)
  }
  const parsed = refundQueried.safeParse(answer.json)
  if (!parsed.success) throw unavailable(method, 'unreadable refund')
  if (parsed.data.refund_status !== 'REFUND_SUCCESS') return notFound
  if (parsed.data.out_request_no !== ref.refundNo || parsed.data.out_trade_no !== ref.orderNo) {
    throw unavailable(method, 'answer of another refund')
  }
  return { state: 'succeeded', platformRefundNo: null, rawBody }
}
