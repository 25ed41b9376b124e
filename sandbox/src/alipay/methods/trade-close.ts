import { namedTrade, onlyKnown, type Method } from '../call'
import { acq } from '../refusal'
import { closeTrade } from '../transitions'

/** alipay.trade.close: only a trade that waits for its payer can be closed (alipay.md 3.3). */
export const tradeClose: Method = {
  run: (call) => {
    onlyKnown(call.biz, ['trade_no', 'out_trade_no', 'operator_id'])
    const trade = namedTrade(call)
    if (trade.state === 'TRADE_CLOSED') throw acq('REASON_TRADE_STATUS_INVALID')
    if (trade.state !== 'WAIT_BUYER_PAY') throw acq('TRADE_STATUS_ERROR')
    closeTrade(call.kernel, trade)
    return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo }
  },
}
