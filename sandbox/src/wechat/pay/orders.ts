import type { Kernel, MoneyRow, Table } from '../../kernel/kernel'
import { compactTime } from '../time'

/** An order at the platform. Times are epoch ms of the sandbox's clock. */
export interface Order {
  /** mchid and out_trade_no joined; see `orderId`. */
  id: string
  mchid: string
  appid: string
  openid: string
  outTradeNo: string
  description: string
  attach: string | null
  notifyUrl: string
  totalFen: number
  createdMs: number
  /** After this the order cannot be paid. */
  expireMs: number
  /** The request as it was made; ordering again with other parameters is refused. */
  fingerprint: string
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED'
  failedAttempts: number
  transactionId: string | null
  paidMs: number | null
  payerTotalFen: number | null
  bankType: string | null
  refundedFen: number
  /** True until the portal has accepted the callback or the schedule has ended. */
  notifyPending: boolean
}

/** A prepay session; several may lead to one order. */
export interface Prepay {
  id: string
  orderId: string
  /** Two hours after it was made. */
  expiresMs: number
}

/** Unpaid orders are closed by the platform after this long. */
export const UNPAID_LIFE_MS = 7 * 86_400_000
export const PREPAY_LIFE_MS = 2 * 3_600_000

/** An out_trade_no is unique within one merchant. */
export function orderId(mchid: string, outTradeNo: string): string {
  return `${mchid}|${outTradeNo}`
}

export function orders(kernel: Kernel): Table<Order> {
  return kernel.store.table<Order>('wechat.orders')
}

export function prepays(kernel: Kernel): Table<Prepay> {
  return kernel.store.table<Prepay>('wechat.prepays')
}

/** transaction_id → order id. */
export function transactions(kernel: Kernel): Table<string> {
  return kernel.store.table<string>('wechat.transactions')
}

/** The order with the platform's own closing applied: seven days unpaid is closed. */
export function readOrder(kernel: Kernel, id: string): Order | undefined {
  const order = orders(kernel).get(id)
  if (order?.state !== 'NOTPAY' || kernel.clock.now() < order.createdMs + UNPAID_LIFE_MS) return order
  const closed: Order = { ...order, state: 'CLOSED' }
  orders(kernel).put(id, closed)
  return closed
}

/** trade_state as the query answers it: any refund, also a partial one, reads REFUND. */
export function tradeState(order: Order): 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND' {
  return order.state === 'SUCCESS' && order.refundedFen > 0 ? 'REFUND' : order.state
}

/** `wx` and 36 characters, as prepay_id looks. */
export function newPrepay(kernel: Kernel, orderIdText: string): Prepay {
  const now = kernel.clock.now()
  const prepay = {
    id: `wx${compactTime(now)}${kernel.random.hex(16)}${kernel.random.digits(4)}`,
    orderId: orderIdText,
    expiresMs: now + PREPAY_LIFE_MS,
  }
  prepays(kernel).put(prepay.id, prepay)
  return prepay
}

/** 28 digits beginning with 42, as transaction_id looks. */
export function newTransactionId(kernel: Kernel): string {
  return `4200${kernel.random.digits(6)}${compactTime(kernel.clock.now()).slice(0, 8)}${kernel.random.digits(10)}`
}

/** The platform's books for /control/money. */
export function wechatMoney(kernel: Kernel): MoneyRow[] {
  return orders(kernel)
    .all()
    .filter((order) => order.state === 'SUCCESS')
    .map((order) => ({
      channel: 'wechat',
      account: order.mchid,
      outTradeNo: order.outTradeNo,
      tradeNo: order.transactionId ?? '',
      totalFen: order.totalFen,
      refundedFen: order.refundedFen,
      state: tradeState(order),
    }))
}
