import type { Kernel, Table } from '../kernel/kernel'
import { shanghaiDay } from './time'

export type TradeState = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED' | 'TRADE_FINISHED'

/** One refund; `done` is false while the platform has only taken the request. */
export interface Refund {
  outRequestNo: string
  amountFen: number
  reason?: string
  atMs: number
  done: boolean
}

/** One trade as Alipay keeps it. Amounts in fen, times in epoch milliseconds of the sandbox's clock. */
export interface Trade {
  tradeNo: string
  outTradeNo: string
  appId: string
  opAppId: string
  pid: string
  product: 'JSAPI_PAY' | 'QUICK_WAP_WAY'
  personId: string
  totalFen: number
  subject: string
  body?: string
  passbackParams?: string
  notifyUrl?: string
  returnUrl?: string
  /** The request that made it, to compare with a repeated one. */
  request: string
  state: TradeState
  createdMs: number
  expiresMs: number
  paidMs?: number
  closedMs?: number
  refunds: Refund[]
  /** The fault alipay.buyer-id struck: the payer is named by the old user id. */
  oldBuyerId?: boolean
}

/** The trades, by Alipay's number. */
export function tradeTable(kernel: Kernel): Table<Trade> {
  return kernel.store.table<Trade>('alipay.trades')
}

function outNumbers(kernel: Kernel): Table<string> {
  return kernel.store.table<string>('alipay.out-trade-numbers')
}

/** A merchant's trade by Alipay's number, else by its own; trade_no wins when both are sent (alipay.md 3.3). */
export function findTrade(
  kernel: Kernel,
  pid: string,
  by: { tradeNo?: string | undefined; outTradeNo?: string | undefined },
): Trade | undefined {
  const tradeNo = by.tradeNo || outNumbers(kernel).get(`${pid}|${by.outTradeNo ?? ''}`)
  const trade = tradeNo ? tradeTable(kernel).get(tradeNo) : undefined
  return trade?.pid === pid ? trade : undefined
}

/** Alipay's number of a trade: the day and 20 more digits, never given twice. */
function nextTradeNo(kernel: Kernel): string {
  const counters = kernel.store.table<number>('alipay.counters')
  const count = (counters.get('trade') ?? 0) + 1
  counters.put('trade', count)
  const day = shanghaiDay(kernel.clock.now()).replaceAll('-', '')
  return `${day}22001${kernel.random.digits(7)}${String(count).padStart(8, '0')}`
}

/** Makes a trade that waits for its payer. */
export function openTrade(
  kernel: Kernel,
  fields: Omit<Trade, 'tradeNo' | 'state' | 'createdMs' | 'refunds'>,
): Trade {
  const trade: Trade = {
    ...fields,
    tradeNo: nextTradeNo(kernel),
    state: 'WAIT_BUYER_PAY',
    createdMs: kernel.clock.now(),
    refunds: [],
  }
  saveTrade(kernel, trade)
  outNumbers(kernel).put(`${trade.pid}|${trade.outTradeNo}`, trade.tradeNo)
  return trade
}

/** Writes a trade back. */
export function saveTrade(kernel: Kernel, trade: Trade): void {
  tradeTable(kernel).put(trade.tradeNo, trade)
}

/** What has really been refunded so far, in fen. */
export function refundedFen(trade: Trade): number {
  return trade.refunds.filter((refund) => refund.done).reduce((sum, refund) => sum + refund.amountFen, 0)
}
