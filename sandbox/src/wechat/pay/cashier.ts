import { pushVoucher } from '../../kernel/voucher'
import type { Kernel } from '../../kernel/kernel'
import { notifyPaid } from './callbacks'
import { paySignText, verifyText } from './crypto'
import { newTransactionId, type Order, orders, prepays, readOrder, transactions } from './orders'

/** What the wallet hands to its payment sheet, as the page gave it to requestPayment. */
export interface PayParams {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

export type Outcome = 'paid' | 'cancel' | 'fail' | 'ok-but-unpaid'

/** What the payment sheet shows. */
export interface Sheet {
  merchantName: string
  description: string
  totalFen: number
  appid: string
  mchid: string
  outTradeNo: string
  /** EXPIRED: the order still reads NOTPAY in queries, but this session can no longer be paid. */
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'EXPIRED'
}

const PREFIX = 'requestPayment:'
const OK = `${PREFIX}ok`
const CANCELLED = `${PREFIX}fail cancel`

function failed(detail: string): string {
  return `${PREFIX}fail (${detail})`
}

/** Takes the money: marks the order paid and starts the callback. */
export function payOrder(kernel: Kernel, order: Order): Order {
  const paid: Order = {
    ...order,
    state: 'SUCCESS',
    transactionId: newTransactionId(kernel),
    paidMs: kernel.clock.now(),
    payerTotalFen: order.totalFen,
    bankType: kernel.random.pick(['OTHERS', 'CMB_DEBIT', 'ICBC_DEBIT', 'CCB_CREDIT']),
    notifyPending: true,
  }
  orders(kernel).put(order.id, paid)
  transactions(kernel).put(paid.transactionId ?? '', order.id)
  notifyPaid(kernel, paid)
  const payer = kernel.people.byOpenid(paid.appid, paid.openid)
  const merchant = kernel.config.wechat.merchants.find((one) => one.mchid === paid.mchid)
  if (payer) {
    pushVoucher(kernel, {
      phone: 'wechat',
      personId: payer.id,
      payee: merchant?.name ?? paid.mchid,
      subject: paid.description,
      totalFen: paid.totalFen,
    })
  }
  return paid
}

function sheetState(kernel: Kernel, order: Order, expiresMs: number): Sheet['state'] {
  if (order.state !== 'NOTPAY') return order.state
  const now = kernel.clock.now()
  return now >= expiresMs || now >= order.expireMs ? 'EXPIRED' : 'NOTPAY'
}

/** The payment sheet of a prepay_id, or null when there is no such session. */
export function readSheet(kernel: Kernel, prepayId: string): Sheet | null {
  const prepay = prepays(kernel).get(prepayId)
  const order = prepay && readOrder(kernel, prepay.orderId)
  if (!prepay || !order) return null
  const merchant = kernel.config.wechat.merchants.find((one) => one.mchid === order.mchid)
  return {
    merchantName: merchant?.name ?? order.mchid,
    description: order.description,
    totalFen: order.totalFen,
    appid: order.appid,
    mchid: order.mchid,
    outTradeNo: order.outTradeNo,
    state: sheetState(kernel, order, prepay.expiresMs),
  }
}

/** Why the wallet refuses these parameters, or null: the merchant's paySign covers them (wechat.md 4.5). */
export function refuseParams(kernel: Kernel, params: PayParams): string | null {
  const prepayId = /^prepay_id=(.+)$/.exec(params.package)?.[1]
  const sheet = prepayId === undefined ? null : readSheet(kernel, prepayId)
  if (!sheet) return failed('支付验证签名失败：prepay_id 无效')
  if (params.signType !== 'RSA') return failed('支付验证签名失败：signType 应为 RSA')
  if (!/^\d{10}$/.test(params.timeStamp)) return failed('缺少参数：timeStamp 应为秒的字符串')
  if (params.appId !== sheet.appid) return failed('支付验证签名失败：appId 与下单时不一致')
  const merchant = kernel.config.wechat.merchants.find((one) => one.mchid === sheet.mchid)
  const text = paySignText(params.appId, params.timeStamp, params.nonceStr, params.package)
  if (!merchant || !verifyText(text, params.paySign, merchant.merchantPublicKeyPem)) {
    return failed('支付验证签名失败')
  }
  return null
}

const REFUSED = {
  SUCCESS: failed('该订单已支付'),
  CLOSED: failed('订单已关闭'),
  EXPIRED: failed('订单已过期，请重新下单'),
} as const

/** What the person did at the payment sheet; answers requestPayment's errMsg. */
export function settleSheet(kernel: Kernel, prepayId: string, personId: string, outcome: Outcome): string {
  const sheet = readSheet(kernel, prepayId)
  const prepay = prepays(kernel).get(prepayId)
  const order = prepay && readOrder(kernel, prepay.orderId)
  if (!sheet || !order) return failed('prepay_id 无效')
  if (outcome === 'cancel') return CANCELLED
  if (sheet.state !== 'NOTPAY') return REFUSED[sheet.state]
  if (!kernel.people.get(personId) || kernel.people.openid(personId, order.appid) !== order.openid) {
    return failed('下单用户与支付用户不一致')
  }
  if (outcome === 'fail') {
    orders(kernel).put(order.id, { ...order, failedAttempts: order.failedAttempts + 1 })
    return failed('银行卡余额不足')
  }
  if (outcome === 'paid') payOrder(kernel, order)
  return OK
}
