import type { Faults } from '../kernel/kernel'

const FAULTS: [string, string][] = [
  ['alipay.http.429', '支付宝网关：限流（HTTP 429）'],
  ['alipay.http.500', '支付宝网关：HTTP 500'],
  ['alipay.http.garbage', '支付宝网关：回复乱码'],
  ['alipay.http.cut', '支付宝网关：办完了但连接断开'],
  ['alipay.http.slow', '支付宝网关：回复很慢（params.delayMs，默认 8000，真实时间）'],
  ['alipay.system-error-after-create', '支付宝下单：交易已建，却回系统错误'],
  ['alipay.buyer-id', '支付宝：通知和查询给旧的 buyer_id，不给 open_id'],
  ['alipay.pay.amount-off-by-one', '支付宝通知：金额差一分（params.deltaFen）'],
  ['alipay.pay.amount-text', '支付宝通知：金额写法古怪（params.text，如 19.990、1e2、-1）'],
  ['alipay.pay.other-merchant', '支付宝通知：别的商户的 seller_id'],
  ['alipay.pay.other-app', '支付宝通知：别的应用的 app_id'],
  ['alipay.pay.unknown-order', '支付宝通知：不存在的 out_trade_no'],
  ['alipay.pay.ok-but-unpaid', '支付宝收银台：说成功，其实没付'],
  ['alipay.pay.processing', '支付宝收银台：处理中，稍后才到账（params.delayMs，默认 5000）'],
  ['alipay.pay.fail', '支付宝收银台：支付失败'],
  ['alipay.refund.accepted-not-done', '支付宝退款：回 10000 但没有退（fund_change=N）'],
  ['alipay.notify.finished-after-success', '支付宝通知：成功之后再来一个 TRADE_FINISHED'],
  ['alipay.notify.forged', '支付宝通知：先来一个伪造签名的'],
  ['alipay.notify.closed', '支付宝通知：小程序交易关闭也通知（默认不通知）'],
  ['alipay.phone.no-sign', '支付宝手机号：没有 sign'],
  ['alipay.phone.plain-error', '支付宝手机号：明文错误'],
  ['alipay.message.refused', '支付宝消息：拒收，答一个错误码（params.subCode，默认 MSG_REJECTED）'],
  ['alipay.call-limited', '支付宝：接口限流（40005 isv.app-call-limited）'],
  ['alipay.bill.enum-errors', '支付宝账单：错误码用文档写法（BILL_NOT_EXIST）'],
]

/** Puts the faults of this folder into the catalogue, with the words of the panel. */
export function declareAlipayFaults(faults: Faults): void {
  for (const [name, title] of FAULTS) faults.declare(name, title)
}
