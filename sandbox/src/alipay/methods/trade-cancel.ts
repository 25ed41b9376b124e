import { namedTrade, onlyKnown, type Method } from '../call'
import { acq } from '../refusal'
import { closeTrade, completeRefund } from '../transitions'
import { refundedFen } from '../trades'

/** alipay.trade.cancel, for unknown results only: closes an unpaid trade, refunds a paid one (alipay.md 3.3). */
export const tradeCancel: Method = {
  run: (call) => {
    onlyKnown(call.biz, ['trade_no', 'out_trade_no'])
    const trade = namedTrade(call)
    if (trade.state === 'TRADE_FINISHED') throw acq('TRADE_HAS_FINISHED')
    const named = { out_trade_no: trade.outTradeNo, retry_flag: 'N', trade_no: trade.tradeNo }
    if (trade.state === 'TRADE_CLOSED') return named
    if (trade.state === 'WAIT_BUYER_PAY') {
      closeTrade(call.kernel, trade)
      return { ...named, action: 'close' }
    }
    completeRefund(call.kernel, trade, {
      outRequestNo: trade.outTradeNo,
      amountFen: trade.totalFen - refundedFen(trade),
      atMs: call.kernel.clock.now(),
      done: true,
    })
    return { ...named, action: 'refund' }
  },
}
