import type { Person } from '../../kernel/kernel'
import { findApp, personOf } from '../apps'
import { onlyKnown, optionalText, type Call, type Method } from '../call'
import { expiryOf, isOutNumber, isSubject, yuanToFen } from '../fields'
import { acq, Refusal } from '../refusal'
import { armTimeout } from '../transitions'
import { findTrade, openTrade, type Trade } from '../trades'

const KNOWN = [
  'out_trade_no',
  'total_amount',
  'subject',
  'product_code',
  'op_app_id',
  'buyer_open_id',
  'buyer_id',
  'op_buyer_open_id',
  'timeout_express',
  'time_expire',
  'body',
  'passback_params',
  'goods_detail',
  'extend_params',
  'query_options',
  'seller_id',
  'disable_pay_channels',
]

/** What trade.create and trade.wap.pay have in common, checked. */
export interface TradeTerms {
  outTradeNo: string
  totalFen: number
  subject: string
  expiresMs: number
  body?: string
  passbackParams?: string
  notifyUrl?: string
  request: string
}

function optionalTerms(call: Call): Pick<TradeTerms, 'body' | 'passbackParams' | 'notifyUrl'> {
  const body = optionalText(call.biz, 'body', 128)
  const passbackParams = optionalText(call.biz, 'passback_params', 512)
  if (passbackParams !== undefined && /out_trade_no|seller_id|total_fee/.test(passbackParams)) {
    throw new Refusal('40002', 'isv.suspected-attack', '疑似攻击请求')
  }
  const notifyUrl = call.params['notify_url']
  return {
    ...(body === undefined ? {} : { body }),
    ...(passbackParams === undefined ? {} : { passbackParams }),
    ...(notifyUrl ? { notifyUrl } : {}),
  }
}

/** Checks the fields that every way to make a trade shares (alipay.md 3.1). */
export function readTerms(call: Call): TradeTerms {
  const { biz, kernel } = call
  const { out_trade_no: outTradeNo, subject } = biz
  if (!isOutNumber(outTradeNo))
    throw acq('INVALID_PARAMETER', 'out_trade_no 应为不超过 64 位的字母、数字、下划线')
  const totalFen = yuanToFen(biz['total_amount'])
  if (totalFen === undefined)
    throw acq('INVALID_PARAMETER', 'total_amount 应为两位小数的元，0.01 至 100000000.00')
  if (!isSubject(subject)) throw acq('INVALID_PARAMETER', 'subject 不合法')
  const expiresMs = expiryOf(biz, kernel.clock.now())
  if (expiresMs === undefined) throw acq('INVALID_PARAMETER', 'timeout_express 或 time_expire 不合法')
  if (biz['seller_id'] !== undefined && biz['seller_id'] !== call.app.pid)
    throw acq('INVALID_RECEIVE_ACCOUNT')
  return { outTradeNo, totalFen, subject, expiresMs, ...optionalTerms(call), request: JSON.stringify(biz) }
}

/**
 * The trade this merchant's number already has: the same request again may use it, anything else is refused. How
 * the real platform treats a repeat in detail is unconfirmed.
 */
export function repeatedTrade(call: Call, terms: TradeTerms): Trade | undefined {
  const trade = findTrade(call.kernel, call.app.pid, { outTradeNo: terms.outTradeNo })
  if (!trade) return undefined
  if (trade.state === 'TRADE_CLOSED') throw acq('TRADE_HAS_CLOSE')
  if (trade.state !== 'WAIT_BUYER_PAY') throw acq('TRADE_HAS_SUCCESS')
  if (trade.request !== terms.request) throw acq('CONTEXT_INCONSISTENT')
  return trade
}

/** The payer as the mini-program that opens the cashier knows them. */
function readBuyer(call: Call, opAppId: string): Person {
  const { kernel, app, biz } = call
  const opApp = findApp(kernel, opAppId)
  if (!opApp) throw acq('UNBOUND_APPLICATION')
  const other = opAppId !== app.appId
  const openId = other ? biz['op_buyer_open_id'] : biz['buyer_open_id']
  const userId = biz['buyer_id']
  if (openId === undefined && userId === undefined) {
    throw acq(
      'INVALID_PARAMETER',
      other ? 'op_buyer_open_id 不能为空' : 'buyer_open_id 和 buyer_id 不能同时为空',
    )
  }
  const buyer = personOf(kernel, opApp, { openId, userId })
  if (!buyer) throw acq('BUYER_NOT_EXIST')
  if (buyer.alipayUserId === app.pid) throw acq('BUYER_SELLER_EQUAL')
  return buyer
}

/** alipay.trade.create with JSAPI_PAY: the trade is there at once and waits for my.tradePay (alipay.md 3.1). */
export const tradeCreate: Method = {
  run: (call) => {
    const { kernel, app, biz } = call
    onlyKnown(biz, KNOWN)
    // Without a product code the real default is 当面付, which mini-programs may no longer use.
    if (biz['product_code'] !== 'JSAPI_PAY') throw acq('ACCESS_FORBIDDEN', 'product_code 应为 JSAPI_PAY')
    const opAppId = biz['op_app_id']
    if (typeof opAppId !== 'string' || opAppId === '') throw acq('INVALID_PARAMETER', 'op_app_id 不能为空')
    const terms = readTerms(call)
    const buyer = readBuyer(call, opAppId)
    const known = repeatedTrade(call, terms)
    if (known) return { out_trade_no: known.outTradeNo, trade_no: known.tradeNo }
    if (terms.expiresMs <= kernel.clock.now()) throw acq('NOW_TIME_AFTER_EXPIRE_TIME_ERROR')
    const trade = openTrade(kernel, {
      ...terms,
      appId: app.appId,
      opAppId,
      pid: app.pid,
      product: 'JSAPI_PAY',
      personId: buyer.id,
    })
    armTimeout(kernel, trade)
    if (kernel.faults.take('alipay.system-error-after-create')) throw acq('SYSTEM_ERROR')
    return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo }
  },
}
