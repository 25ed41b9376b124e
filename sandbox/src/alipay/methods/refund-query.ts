import { namedTrade, onlyKnown, type Method } from '../call'
import { fenToYuan, isOutNumber } from '../fields'
import { acq } from '../refusal'
import { shanghaiTime } from '../time'

/**
 * alipay.trade.fastpay.refund.query. A refund that does not exist or is not done answers 10000 without
 * refund_status: absence means "not received, failed, or the wrong number" (alipay.md 3.3).
 */
export const refundQuery: Method = {
  run: (call) => {
    const { biz } = call
    onlyKnown(biz, ['trade_no', 'out_trade_no', 'out_request_no', 'query_options'])
    const trade = namedTrade(call)
    const outRequestNo = biz['out_request_no']
    if (!isOutNumber(outRequestNo)) throw acq('INVALID_PARAMETER', 'out_request_no 不能为空')
    const refund = trade.refunds.find((one) => one.outRequestNo === outRequestNo && one.done)
    if (!refund) return {}
    const options = Array.isArray(biz['query_options']) ? biz['query_options'] : []
    return {
      ...(options.includes('gmt_refund_pay') ? { gmt_refund_pay: shanghaiTime(refund.atMs) } : {}),
      out_request_no: refund.outRequestNo,
      out_trade_no: trade.outTradeNo,
      refund_amount: fenToYuan(refund.amountFen),
      refund_status: 'REFUND_SUCCESS',
      total_amount: fenToYuan(trade.totalFen),
      trade_no: trade.tradeNo,
    }
  },
}
