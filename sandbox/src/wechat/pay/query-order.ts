import { refusal } from './errors'
import { checkQueryMchid, type PayAct, type PayRequest } from './exchange'
import { type Order, orderId, readOrder, tradeState, transactions } from './orders'
import { rfc3339 } from '../time'

const STATE_TEXT = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
} as const

/** The order as the query and the callback's plaintext print it; what is not known yet is left out. */
export function describeOrder(order: Order): Record<string, unknown> {
  const state = tradeState(order)
  const head = {
    appid: order.appid,
    mchid: order.mchid,
    out_trade_no: order.outTradeNo,
    trade_state: state,
    trade_state_desc: STATE_TEXT[state],
    ...(order.attach === null ? {} : { attach: order.attach }),
  }
  if (order.paidMs === null) return { ...head, amount: { total: order.totalFen, currency: 'CNY' } }
  return {
    ...head,
    transaction_id: order.transactionId,
    trade_type: 'JSAPI',
    bank_type: order.bankType,
    success_time: rfc3339(order.paidMs),
    payer: { openid: order.openid },
    amount: {
      total: order.totalFen,
      payer_total: order.payerTotalFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  }
}

function found(request: PayRequest, id: string | undefined): Order {
  const order = id === undefined ? undefined : readOrder(request.kernel, id)
  if (!order || order.mchid !== request.merchant.mchid) throw refusal('ORDER_NOT_EXIST')
  return order
}

/** GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid= */
export const queryByOutTradeNo: PayAct = (request) => {
  checkQueryMchid(request)
  const id = orderId(request.merchant.mchid, request.captures[0] ?? '')
  return { status: 200, json: describeOrder(found(request, id)) }
}

/** GET /v3/pay/transactions/id/{transaction_id}?mchid= */
export const queryByTransactionId: PayAct = (request) => {
  checkQueryMchid(request)
  const id = transactions(request.kernel).get(request.captures[0] ?? '')
  return { status: 200, json: describeOrder(found(request, id)) }
}
