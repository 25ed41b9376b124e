import type { AlipayAppConfig, Kernel } from '../kernel/kernel'
import { isOptionalText, isOutNumber } from './fields'
import { acq, Refusal } from './refusal'
import type { Params } from './signing'
import { findTrade, type Trade } from './trades'

/** One verified request on its way to its method. */
export interface Call {
  kernel: Kernel
  app: AlipayAppConfig
  params: Params
  /** The parsed biz_content; empty for methods that use top-level parameters. */
  biz: Record<string, unknown>
  /** Where the caller reached this sandbox, such as http://127.0.0.1:4100. */
  origin: string
}

/** A gateway method: what it reads at the top level, and what it answers. */
export interface Method {
  /** Top-level parameters beside the common ones; a method that has some takes no biz_content. */
  topLevel?: readonly string[]
  /** The answer has no code and msg, and its errors come under error_response (only oauth.token). */
  bare?: boolean
  run: (call: Call) => Record<string, unknown>
}

/** Refuses a field that the method does not have; the real gateway passes some by and trips over others. */
export function onlyKnown(biz: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(biz).find((name) => !known.includes(name))
  if (unknown !== undefined) throw acq('INVALID_PARAMETER', `不认识的参数 ${unknown}`)
}

/** An optional text of biz_content. */
export function optionalText(biz: Record<string, unknown>, name: string, max: number): string | undefined {
  const value = biz[name]
  if (!isOptionalText(value, max)) throw acq('INVALID_PARAMETER', `${name} 不合法`)
  return value
}

/** The trade a request names by trade_no or out_trade_no; refuses when it names none or nobody has it. */
export function namedTrade(call: Call): Trade {
  const tradeNo = optionalText(call.biz, 'trade_no', 64)
  const outTradeNo = optionalText(call.biz, 'out_trade_no', 64)
  if (!tradeNo && !isOutNumber(outTradeNo)) {
    throw acq('INVALID_PARAMETER', 'out_trade_no 和 trade_no 不能同时为空')
  }
  const trade = findTrade(call.kernel, call.app.pid, { tradeNo, outTradeNo })
  if (!trade) throw acq('TRADE_NOT_EXIST')
  return trade
}

/** Parses biz_content; anything but a JSON object is refused. */
export function parseBiz(text: string | undefined): Record<string, unknown> {
  if (text === undefined || text === '') throw new Refusal('40001', 'isv.missing-biz-content', '缺少业务参数')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('40002', 'isv.illegal-json', 'biz_content 不是合法的 JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('40002', 'isv.illegal-json', 'biz_content 不是 JSON 对象')
  }
  return { ...value }
}
