import { z } from 'zod'
import type { RefundView, SettledTrade, TradeView } from '../payment-channel'

/** What WeChat Pay says of an order, in an answer and in a decrypted notice alike (wechat.md 4.4, 4.5). */
const open = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
})
const settled = open.extend({
  appid: z.string(),
  transaction_id: z.string().min(1),
  success_time: z.string(),
  payer: z.object({ openid: z.string() }).optional(),
  amount: z.object({
    total: z.int().min(0),
    payer_total: z.int().min(0).optional(),
    currency: z.string(),
  }),
})
const refundAnswer = z.object({
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  // The answer's field is `status`, the notice's is `refund_status`.
  status: z.string().optional(),
  refund_status: z.string().optional(),
})

const TRADE_STATES: Readonly<Record<string, TradeView['state']>> = {
  SUCCESS: 'paid',
  // Also after a partial refund: the money came, which is what counts here.
  REFUND: 'refunded',
  NOTPAY: 'unpaid',
  USERPAYING: 'unpaid',
  PAYERROR: 'unpaid',
  CLOSED: 'closed',
  REVOKED: 'closed',
}
const REFUND_STATES: Readonly<Record<string, RefundView['state']>> = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  CLOSED: 'closed',
  ABNORMAL: 'abnormal',
}

export interface ReadTrade {
  readonly mchid: string
  readonly orderNo: string
  readonly state: TradeView['state']
  readonly trade: SettledTrade | null
}

/** Null when it is not a trade as we know it: a state we cannot name, or a paid one without its facts. */
export function readTrade(json: unknown): ReadTrade | null {
  const base = open.safeParse(json)
  if (!base.success) return null
  const state = TRADE_STATES[base.data.trade_state]
  if (state === undefined) return null
  const head = { mchid: base.data.mchid, orderNo: base.data.out_trade_no, state }
  if (state !== 'paid' && state !== 'refunded') return { ...head, trade: null }

  const full = settled.safeParse(json)
  const paidAt = full.success ? Date.parse(full.data.success_time) : Number.NaN
  if (!full.success || Number.isNaN(paidAt)) return null
  const { appid, mchid, out_trade_no, transaction_id, amount, payer } = full.data
  const trade: SettledTrade = {
    orderNo: out_trade_no,
    tradeNo: transaction_id,
    appId: appid,
    merchantId: mchid,
    amountFen: amount.total,
    payerAmountFen: amount.payer_total ?? null,
    currency: amount.currency,
    paidAt,
    payerSubject: payer?.openid ?? null,
  }
  return { ...head, trade }
}

export interface ReadRefund {
  readonly orderNo: string
  readonly refundNo: string
  readonly platformRefundNo: string
  readonly state: RefundView['state']
}

export function readRefund(json: unknown): ReadRefund | null {
  const parsed = refundAnswer.safeParse(json)
  if (!parsed.success) return null
  const state = REFUND_STATES[parsed.data.status ?? parsed.data.refund_status ?? '']
  if (state === undefined) return null
  return {
    orderNo: parsed.data.out_trade_no,
    refundNo: parsed.data.out_refund_no,
    platformRefundNo: parsed.data.refund_id,
    state,
  }
}
