import { logonId, nameOf } from '../apps'
import { namedTrade, onlyKnown, type Call, type Method } from '../call'
import { fenToYuan } from '../fields'
import { shanghaiTime } from '../time'
import type { Trade } from '../trades'

/** The payer's fields of an answer: buyer_open_id, or buyer_user_id for an old application. */
export function buyerOf({ kernel, app }: Call, trade: Trade): Record<string, string> {
  const person = kernel.people.get(trade.personId)
  const named =
    app.idMode === 'openid' && !trade.oldBuyerId
      ? { buyer_open_id: nameOf(kernel, app, trade.personId) }
      : { buyer_user_id: person?.alipayUserId ?? '' }
  return { buyer_logon_id: logonId(person), ...named }
}

/** alipay.trade.query: 10000 says that the query worked; the state is in trade_status (alipay.md 3.3). */
export const tradeQuery: Method = {
  run: (call) => {
    onlyKnown(call.biz, ['trade_no', 'out_trade_no', 'query_options'])
    const trade = namedTrade(call)
    const paid = trade.paidMs === undefined ? '0.00' : fenToYuan(trade.totalFen)
    return {
      ...buyerOf(call, trade),
      buyer_pay_amount: paid,
      buyer_user_type: 'PRIVATE',
      invoice_amount: paid,
      out_trade_no: trade.outTradeNo,
      point_amount: '0.00',
      receipt_amount: paid,
      ...(trade.paidMs === undefined ? {} : { send_pay_date: shanghaiTime(trade.paidMs) }),
      total_amount: fenToYuan(trade.totalFen),
      trade_no: trade.tradeNo,
      trade_status: trade.state,
    }
  },
}
