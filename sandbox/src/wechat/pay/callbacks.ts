import type { Kernel, MerchantConfig } from '../../kernel/kernel'
import { rfc3339 } from '../time'
import { seal } from './crypto'
import { type Order, orders } from './orders'
import { callbackKey, platformHeaders } from './platform-keys'
import { describeOrder } from './query-order'
import { type Refund, refunds } from './refund-store'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h: fifteen repeats within 24 h 4 m (wechat.md 4.4). */
export const RETRY_GAPS_MS = [
  15 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  3 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  30 * MINUTE_MS,
  30 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
  3 * HOUR_MS,
  3 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  6 * HOUR_MS,
]

interface Event {
  id: string
  createdMs: number
  type: 'TRANSACTION.SUCCESS' | 'REFUND.SUCCESS' | 'REFUND.ABNORMAL' | 'REFUND.CLOSED'
  summary: string
  originalType: 'transaction' | 'refund'
  plaintext: Record<string, unknown>
}

interface Tampering {
  body: boolean
  serial: boolean
  freshId: boolean
}

function uuid(kernel: Kernel): string {
  const hex = kernel.random.hex(32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

function envelope(kernel: Kernel, merchant: MerchantConfig, event: Event): string {
  const nonce = kernel.random.word(12)
  return JSON.stringify({
    id: event.id,
    create_time: rfc3339(event.createdMs),
    resource_type: 'encrypt-resource',
    event_type: event.type,
    summary: event.summary,
    resource: {
      original_type: event.originalType,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: seal(JSON.stringify(event.plaintext), merchant.apiV3Key, nonce, event.originalType),
      associated_data: event.originalType,
      nonce,
    },
  })
}

/** One signed callback; the probe's signature is deliberately wrong (wechat.md 4.2). */
function signedCallback(
  kernel: Kernel,
  merchant: MerchantConfig,
  event: Event,
  options: { probe: boolean; tampering: Tampering },
): { headers: Record<string, string>; body: string } {
  const { tampering, probe } = options
  const chosen = callbackKey(kernel, merchant)
  const key = tampering.serial ? { ...chosen, serial: kernel.random.hex(40).toUpperCase() } : chosen
  const body = envelope(kernel, merchant, tampering.freshId ? { ...event, id: uuid(kernel) } : event)
  const headers = {
    'Content-Type': 'application/json',
    Accept: '*/*',
    'User-Agent': 'Mozilla/4.0',
    ...platformHeaders(kernel, key, body, { probe }),
  }
  return { headers, body: tampering.body ? body.replace('"create_time":"2', '"create_time":"1') : body }
}

function drawTampering(kernel: Kernel): Tampering {
  return {
    body: kernel.faults.take('callback.tampered') !== undefined,
    serial: kernel.faults.take('callback.wrong-serial') !== undefined,
    freshId: kernel.faults.take('callback.fresh-id') !== undefined,
  }
}

function deliver(
  kernel: Kernel,
  merchant: MerchantConfig,
  target: { key: string; url: string; onDone: () => void },
  event: Event,
): void {
  const accepted = (status: number): boolean => status === 200 || status === 204
  const clean: Tampering = { body: false, serial: false, freshId: false }
  if (kernel.faults.take('probe.signtest')) {
    kernel.notifier.deliver({
      key: `${target.key}:probe`,
      url: target.url,
      gapsMs: [],
      make: () =>
        signedCallback(kernel, merchant, { ...event, id: uuid(kernel) }, { probe: true, tampering: clean }),
      accepted,
      onDone: (outcome) => {
        if (outcome === 'accepted') kernel.log('probe.accepted', { key: target.key, url: target.url })
      },
    })
  }
  kernel.notifier.deliver({
    key: target.key,
    url: target.url,
    gapsMs: RETRY_GAPS_MS,
    make: () => signedCallback(kernel, merchant, event, { probe: false, tampering: drawTampering(kernel) }),
    accepted,
    onDone: target.onDone,
  })
}

function merchantOf(kernel: Kernel, mchid: string): MerchantConfig | undefined {
  return kernel.config.wechat.merchants.find((one) => one.mchid === mchid)
}

function bent(kernel: Kernel, order: Order, plaintext: Record<string, unknown>): Record<string, unknown> {
  let result = plaintext
  const wrongAmount = kernel.faults.take('pay.amount-off-by-one')
  if (wrongAmount) {
    const total = order.totalFen + Number(wrongAmount.params?.['deltaFen'] ?? 1)
    result = { ...result, amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' } }
  }
  if (kernel.faults.take('pay.other-merchant')) {
    const other = kernel.config.wechat.merchants.find((one) => one.mchid !== order.mchid)
    result = { ...result, mchid: other?.mchid ?? '1999999999' }
  }
  if (kernel.faults.take('pay.other-app')) result = { ...result, appid: 'wx9999999999999999' }
  if (kernel.faults.take('pay.unknown-order')) {
    result = { ...result, out_trade_no: `GHOST${kernel.random.digits(20)}` }
  }
  const coupon = kernel.faults.take('pay.coupon')
  if (coupon) {
    const payerTotal = Math.max(0, order.totalFen - Number(coupon.params?.['couponFen'] ?? 1))
    result = {
      ...result,
      amount: { total: order.totalFen, payer_total: payerTotal, currency: 'CNY', payer_currency: 'CNY' },
    }
  }
  return result
}

/** Sends TRANSACTION.SUCCESS for a paid order, on the retry schedule. */
export function notifyPaid(kernel: Kernel, order: Order): void {
  const merchant = merchantOf(kernel, order.mchid)
  if (!merchant) return
  const event: Event = {
    id: uuid(kernel),
    createdMs: kernel.clock.now(),
    type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    plaintext: bent(kernel, order, { ...describeOrder({ ...order, refundedFen: 0 }), promotion_detail: [] }),
  }
  const onDone = (): void => {
    const now = orders(kernel).get(order.id)
    if (now) orders(kernel).put(order.id, { ...now, notifyPending: false })
  }
  deliver(
    kernel,
    merchant,
    { key: `wechat:${order.id}:TRANSACTION.SUCCESS`, url: order.notifyUrl, onDone },
    event,
  )
}

/** Sends REFUND.SUCCESS, REFUND.ABNORMAL or REFUND.CLOSED to the refund's own notify_url, if it gave one. */
export function notifyRefund(kernel: Kernel, order: Order, refund: Refund): void {
  const merchant = merchantOf(kernel, order.mchid)
  if (!merchant || !refund.notifyUrl || refund.status === 'PROCESSING') return
  const summaries = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const
  const event: Event = {
    id: uuid(kernel),
    createdMs: kernel.clock.now(),
    type: `REFUND.${refund.status}`,
    summary: summaries[refund.status],
    originalType: 'refund',
    plaintext: {
      mchid: order.mchid,
      transaction_id: order.transactionId,
      out_trade_no: order.outTradeNo,
      refund_id: refund.refundId,
      out_refund_no: refund.outRefundNo,
      refund_status: refund.status,
      ...(refund.successMs === null ? {} : { success_time: rfc3339(refund.successMs) }),
      user_received_account: refund.userReceivedAccount,
      amount: {
        total: order.totalFen,
        refund: refund.refundFen,
        payer_total: order.payerTotalFen,
        payer_refund: refund.refundFen,
      },
    },
  }
  const onDone = (): void => {
    const now = refunds(kernel).get(refund.id)
    if (now) refunds(kernel).put(refund.id, { ...now, notifyPending: false })
  }
  deliver(
    kernel,
    merchant,
    { key: `wechat:${refund.id}:REFUND.${refund.status}`, url: refund.notifyUrl, onDone },
    event,
  )
}

/** Names and Chinese titles of the faults of this folder. */
export const PAY_FAULTS: [string, string][] = [
  ['prepay.reply-after-callback', '预下单的回答晚于支付回调'],
  ['pay.amount-off-by-one', '回调金额差一分（params.deltaFen，默认 1）'],
  ['pay.other-merchant', '回调里是别的商户号'],
  ['pay.other-app', '回调里是别的 appid'],
  ['pay.unknown-order', '回调里是不存在的订单号'],
  ['pay.coupon', '用户用了代金券，实付少于总额（params.couponFen）'],
  ['probe.signtest', '微信支付：先送一个 WECHATPAY/SIGNTEST/ 探测回调'],
  ['probe.signtest-answer', '微信支付：应答带 WECHATPAY/SIGNTEST/ 错误签名'],
  ['callback.tampered', '微信支付：回调正文被改动'],
  ['callback.wrong-serial', '微信支付：回调带未知的平台序列号'],
  ['callback.fresh-id', '微信支付：每次回调换一个通知 id'],
  ['refund.not-enough', '微信支付：退款时余额不足'],
  ['refund.abnormal', '微信支付：退款异常'],
  ['refund.closed', '微信支付：退款关闭'],
]
