import { z } from 'zod'
import { parseShanghaiDateTime } from '../../core/clock'
import { parseYuan } from '../../core/money'
import type { SettledTrade, TradeView } from '../payment-channel'

/** An amount as Alipay writes it, in fen. Digit by digit: 19.99 × 100 in floats is 1998.9999999999998. */
const yuan = z.string().transform((text, ctx) => {
  const fen = parseYuan(text)
  if (fen !== null && fen >= 0) return fen
  ctx.addIssue({ code: 'custom', message: 'not an amount in yuan' })
  return z.NEVER
})
const moment = z.string().transform((text, ctx) => {
  const epochMs = parseShanghaiDateTime(text)
  if (!Number.isNaN(epochMs)) return epochMs
  ctx.addIssue({ code: 'custom', message: 'not a time' })
  return z.NEVER
})

const queried = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1),
  trade_status: z.string(),
  total_amount: yuan,
  buyer_pay_amount: yuan.optional(),
  send_pay_date: moment.optional(),
  buyer_open_id: z.string().optional(),
  buyer_user_id: z.string().optional(),
})

/** Null when it is not a trade as we know it. The application is the one that asked: the answer names none. */
export function readQueriedTrade(
  json: unknown,
  appId: string,
): (Omit<TradeView, 'rawBody'> & { orderNo: string }) | null {
  const parsed = queried.safeParse(json)
  if (!parsed.success) return null
  const read = parsed.data
  const orderNo = read.out_trade_no
  if (read.trade_status === 'WAIT_BUYER_PAY') return { orderNo, state: 'unpaid', trade: null }
  const closed = read.trade_status === 'TRADE_CLOSED'
  if (!closed && read.trade_status !== 'TRADE_SUCCESS' && read.trade_status !== 'TRADE_FINISHED') return null
  if (read.send_pay_date === undefined) return closed ? { orderNo, state: 'closed', trade: null } : null

  const trade: SettledTrade = {
    orderNo,
    tradeNo: read.trade_no,
    appId,
    merchantId: null,
    amountFen: read.total_amount,
    payerAmountFen: read.buyer_pay_amount ?? null,
    currency: 'CNY',
    paidAt: read.send_pay_date,
    payerSubject: read.buyer_open_id ?? read.buyer_user_id ?? null,
  }
  // Closed after a payment means that all of it went back (alipay.md 3.3).
  return { orderNo, state: closed ? 'refunded' : 'paid', trade }
}

const notified = z.object({
  out_trade_no: z.string().min(1),
  trade_no: z.string().min(1),
  app_id: z.string(),
  seller_id: z.string().optional(),
  total_amount: yuan,
  buyer_pay_amount: yuan.optional(),
  trans_currency: z.string().default('CNY'),
  gmt_payment: moment,
  buyer_open_id: z.string().optional(),
  buyer_id: z.string().optional(),
})

/** The settled trade of a notice, or which field of it cannot be read. */
export function readNotifiedTrade(fields: Readonly<Record<string, string>>): SettledTrade | string {
  const parsed = notified.safeParse(fields)
  if (!parsed.success) return parsed.error.issues[0]?.path.join('.') ?? 'fields'
  const read = parsed.data
  return {
    orderNo: read.out_trade_no,
    tradeNo: read.trade_no,
    appId: read.app_id,
    merchantId: read.seller_id ?? null,
    amountFen: read.total_amount,
    payerAmountFen: read.buyer_pay_amount ?? null,
    currency: read.trans_currency,
    paidAt: read.gmt_payment,
    payerSubject: read.buyer_open_id ?? read.buyer_id ?? null,
  }
}
