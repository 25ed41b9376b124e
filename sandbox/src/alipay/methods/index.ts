import type { Method } from '../call'
import { billUrl } from './bill-url'
import { lifeMessage } from './life-message'
import { oauthToken } from './oauth-token'
import { refundQuery } from './refund-query'
import { sendMessage } from './send-message'
import { tradeCancel } from './trade-cancel'
import { tradeClose } from './trade-close'
import { tradeCreate } from './trade-create'
import { tradeQuery } from './trade-query'
import { tradeRefund } from './trade-refund'

/** Every gateway method that answers JSON, by its name on the wire. */
export const METHODS = new Map<string, Method>([
  ['alipay.system.oauth.token', oauthToken],
  ['alipay.trade.create', tradeCreate],
  ['alipay.trade.query', tradeQuery],
  ['alipay.trade.close', tradeClose],
  ['alipay.trade.cancel', tradeCancel],
  ['alipay.trade.refund', tradeRefund],
  ['alipay.trade.fastpay.refund.query', refundQuery],
  ['alipay.data.dataservice.bill.downloadurl.query', billUrl],
  ['alipay.open.app.mini.templatemessage.send', sendMessage],
  ['alipay.open.public.message.single.send', lifeMessage],
])
