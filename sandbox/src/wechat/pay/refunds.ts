import type { Kernel } from '../../kernel/kernel'
import { compactTime, rfc3339 } from '../time'
import { notifyRefund } from './callbacks'
import { paramError, refusal } from './errors'
import { jsonBody, objectOf, type PayAct, type PayRequest, textOf } from './exchange'
import { checkFields, type Fields, type PlainObject } from './fields'
import { type Order, orderId, orders, readOrder, transactions } from './orders'
import { type Refund, refunds, refundsOf } from './refund-store'

const YEAR_MS = 365 * 86_400_000
const BETWEEN_PARTS_MS = 60_000
const MOST_PARTS = 50
const REFUND_TAKES_MS = 5_000

const REFUND: Fields = {
  transaction_id: { kind: 'text', title: '微信支付订单号', max: 32 },
  out_trade_no: { kind: 'text', title: '商户订单号', min: 6, max: 32 },
  out_refund_no: {
    kind: 'text',
    title: '商户退款单号',
    required: true,
    max: 64,
    pattern: /^[0-9A-Za-z_\-|*@]{1,64}$/,
  },
  reason: { kind: 'text', title: '退款原因', max: 80 },
  notify_url: { kind: 'text', title: '退款结果回调url', max: 256, pattern: /^https?:\/\/[^\s?#]+$/ },
  funds_account: { kind: 'choice', title: '退款资金来源', values: ['AVAILABLE'] },
  amount: {
    kind: 'object',
    title: '金额信息',
    required: true,
    fields: {
      refund: { kind: 'integer', title: '退款金额', required: true, min: 1, max: 10_000_000_000 },
      total: { kind: 'integer', title: '原订单金额', required: true, min: 1, max: 10_000_000_000 },
      currency: { kind: 'choice', title: '退款币种', required: true, values: ['CNY'] },
    },
  },
}

function describe(order: Order, refund: Refund): Record<string, unknown> {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: refund.userReceivedAccount,
    ...(refund.successMs === null ? {} : { success_time: rfc3339(refund.successMs) }),
    create_time: rfc3339(refund.createdMs),
    status: refund.status,
    funds_account: 'AVAILABLE',
    amount: {
      total: order.totalFen,
      refund: refund.refundFen,
      payer_total: order.payerTotalFen,
      payer_refund: refund.refundFen,
      settlement_refund: refund.refundFen,
      settlement_total: order.totalFen,
      discount_refund: 0,
      currency: 'CNY',
    },
  }
}

function findPaidOrder(request: PayRequest, body: PlainObject): Order {
  const { kernel, merchant } = request
  const transactionId = textOf(body, 'transaction_id')
  const outTradeNo = textOf(body, 'out_trade_no')
  if (!transactionId && !outTradeNo) {
    throw paramError('/transaction_id', null, '微信支付订单号与商户订单号必须二选一')
  }
  const id = transactionId ? transactions(kernel).get(transactionId) : orderId(merchant.mchid, outTradeNo)
  const order = id === undefined ? undefined : readOrder(kernel, id)
  if (order?.mchid !== merchant.mchid || order.state !== 'SUCCESS') {
    throw refusal('RESOURCE_NOT_EXISTS', '订单不存在')
  }
  if (outTradeNo && order.outTradeNo !== outTradeNo) throw refusal('INVALID_REQUEST', '订单号信息不一致')
  return order
}

function checkLimits(kernel: Kernel, order: Order, refundFen: number): void {
  const now = kernel.clock.now()
  if (now > (order.paidMs ?? 0) + YEAR_MS) throw refusal('INVALID_REQUEST', '订单已超过可退款的最大期限')
  const earlier = refundsOf(kernel, order.id).filter((one) => one.status !== 'CLOSED')
  const last = earlier.at(-1)
  if (earlier.length >= MOST_PARTS) throw refusal('INVALID_REQUEST', '部分退款次数超限，最多 50 次')
  if (last && now < last.createdMs + BETWEEN_PARTS_MS) throw refusal('FREQUENCY_LIMITED')
  const already = earlier.reduce((sum, one) => sum + one.refundFen, 0)
  if (already + refundFen > order.totalFen) throw refusal('INVALID_REQUEST', '申请退款金额大于订单可退金额')
}

function finish(kernel: Kernel, id: string): void {
  const refund = refunds(kernel).get(id)
  const order = refund && orders(kernel).get(refund.orderId)
  if (!refund || !order || refund.status !== 'PROCESSING') return
  const status = kernel.faults.take('refund.abnormal')
    ? 'ABNORMAL'
    : kernel.faults.take('refund.closed')
      ? 'CLOSED'
      : 'SUCCESS'
  const done: Refund = {
    ...refund,
    status,
    successMs: status === 'SUCCESS' ? kernel.clock.now() : null,
    notifyPending: refund.notifyUrl !== null,
  }
  refunds(kernel).put(id, done)
  if (status === 'SUCCESS') {
    orders(kernel).put(order.id, { ...order, refundedFen: order.refundedFen + refund.refundFen })
  }
  notifyRefund(kernel, order, done)
}

/** Lets an accepted refund run its course; also called for refunds that were under way when the sandbox stopped. */
export function scheduleRefund(kernel: Kernel, id: string): void {
  kernel.clock.after(REFUND_TAKES_MS, `refund ${id}`, () => finish(kernel, id))
}

/**
 * POST /v3/refund/domestic/refunds: 200 means accepted. The same number with the same amounts is the same refund
 * (wechat.md 4.6).
 */
export const requestRefund: PayAct = (request) => {
  const { kernel, merchant } = request
  const body = jsonBody(request)
  checkFields(body, REFUND)
  const order = findPaidOrder(request, body)
  const amount = objectOf(body, 'amount')
  const refundFen = Number(amount['refund'])
  const id = orderId(merchant.mchid, textOf(body, 'out_refund_no'))
  const existing = refunds(kernel).get(id)
  if (Number(amount['total']) !== order.totalFen) throw refusal('INVALID_REQUEST', '原订单金额与实际不一致')
  if (existing) {
    if (existing.orderId !== order.id || existing.refundFen !== refundFen) {
      throw refusal('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试')
    }
    return { status: 200, json: describe(order, existing) }
  }
  if (kernel.faults.take('refund.not-enough')) throw refusal('NOT_ENOUGH')
  checkLimits(kernel, order, refundFen)
  const now = kernel.clock.now()
  const refund: Refund = {
    id,
    orderId: order.id,
    refundId: `5030${kernel.random.digits(6)}${compactTime(now).slice(0, 8)}${kernel.random.digits(11)}`,
    outRefundNo: textOf(body, 'out_refund_no'),
    reason: textOf(body, 'reason') || null,
    notifyUrl: textOf(body, 'notify_url') || null,
    refundFen,
    status: 'PROCESSING',
    userReceivedAccount: '招商银行信用卡0403',
    createdMs: now,
    successMs: null,
    notifyPending: false,
  }
  refunds(kernel).put(id, refund)
  scheduleRefund(kernel, id)
  return { status: 200, json: describe(order, refund) }
}

/** GET /v3/refund/domestic/refunds/{out_refund_no} */
export const queryRefund: PayAct = ({ kernel, merchant, captures }) => {
  const refund = refunds(kernel).get(orderId(merchant.mchid, captures[0] ?? ''))
  const order = refund && orders(kernel).get(refund.orderId)
  if (!refund || !order) throw refusal('RESOURCE_NOT_EXISTS')
  return { status: 200, json: describe(order, refund) }
}
