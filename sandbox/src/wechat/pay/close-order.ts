import { paramError, refusal } from './errors'
import { jsonBody, type PayAct } from './exchange'
import { checkFields } from './fields'
import { orderId, orders, readOrder } from './orders'

/**
 * POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close: 204, also when repeated. A paid order is refused;
 * the code is the one of PAY-SKILL's troubleshooting page, its status is unconfirmed (wechat.md 4.5).
 */
export const closeOrder: PayAct = (request) => {
  const body = jsonBody(request)
  checkFields(body, { mchid: { kind: 'text', title: '直连商户号', required: true, max: 32 } })
  if (body['mchid'] !== request.merchant.mchid) {
    throw paramError('/mchid', body['mchid'], '直连商户号与签名使用的商户号不一致')
  }
  const order = readOrder(request.kernel, orderId(request.merchant.mchid, request.captures[0] ?? ''))
  if (!order) throw refusal('ORDER_NOT_EXIST')
  if (order.state === 'SUCCESS') throw refusal('ORDER_PAID')
  if (order.state === 'NOTPAY') orders(request.kernel).put(order.id, { ...order, state: 'CLOSED' })
  return { status: 204 }
}
