import type { Kernel } from '../kernel/kernel'
import { pushVoucher } from '../kernel/voucher'
import { notifyClosed, notifyFinished, notifyPaid, notifyRefund } from './notices'
import { refundedFen, saveTrade, tradeTable, type Refund, type Trade } from './trades'

const FINISH_AFTER_MS = 1_000

/** Takes the payer's money: WAIT_BUYER_PAY becomes TRADE_SUCCESS and the merchant is told. */
export function payTrade(kernel: Kernel, trade: Trade): Trade {
  const paid: Trade = { ...trade, state: 'TRADE_SUCCESS', paidMs: kernel.clock.now() }
  if (kernel.faults.take('alipay.buyer-id')) paid.oldBuyerId = true
  saveTrade(kernel, paid)
  kernel.log('alipay.paid', { tradeNo: paid.tradeNo, outTradeNo: paid.outTradeNo, totalFen: paid.totalFen })
  notifyPaid(kernel, paid)
  const seller = kernel.config.alipay.apps.find((app) => app.pid === paid.pid)
  pushVoucher(kernel, {
    phone: 'alipay',
    personId: paid.personId,
    payee: seller?.name ?? paid.pid,
    subject: paid.subject,
    totalFen: paid.totalFen,
  })
  if (kernel.faults.take('alipay.notify.finished-after-success')) {
    kernel.clock.after(FINISH_AFTER_MS, `alipay finish ${paid.tradeNo}`, () => {
      finishTrade(kernel, paid.tradeNo)
    })
  }
  return paid
}

/** The contract's refund period has ended: a paid trade can no longer be refunded. */
export function finishTrade(kernel: Kernel, tradeNo: string): Trade | undefined {
  const trade = tradeTable(kernel).get(tradeNo)
  if (trade?.state !== 'TRADE_SUCCESS') return trade
  const finished: Trade = { ...trade, state: 'TRADE_FINISHED' }
  saveTrade(kernel, finished)
  notifyFinished(kernel, finished)
  return finished
}

/** Ends an unpaid trade. */
export function closeTrade(kernel: Kernel, trade: Trade): Trade {
  const closed: Trade = { ...trade, state: 'TRADE_CLOSED', closedMs: kernel.clock.now() }
  saveTrade(kernel, closed)
  kernel.log('alipay.closed', { tradeNo: closed.tradeNo, outTradeNo: closed.outTradeNo })
  notifyClosed(kernel, closed)
  return closed
}

/** Gives money back: a full refund closes the trade, a partial one leaves it TRADE_SUCCESS (alipay.md 3.3). */
export function completeRefund(kernel: Kernel, trade: Trade, refund: Refund): Trade {
  const others = trade.refunds.filter((one) => one.outRequestNo !== refund.outRequestNo)
  const refunded: Trade = { ...trade, refunds: [...others, { ...refund, done: true }] }
  if (refundedFen(refunded) >= refunded.totalFen) {
    refunded.state = 'TRADE_CLOSED'
    refunded.closedMs = refund.atMs
  }
  saveTrade(kernel, refunded)
  kernel.log('alipay.refunded', { tradeNo: refunded.tradeNo, amountFen: refund.amountFen })
  notifyRefund(kernel, refunded, refund)
  return refunded
}

/** Closes a trade at its time limit, unless it was paid or closed before. */
export function armTimeout(kernel: Kernel, trade: Trade): void {
  kernel.clock.after(trade.expiresMs - kernel.clock.now(), `alipay timeout ${trade.tradeNo}`, () => {
    const current = tradeTable(kernel).get(trade.tradeNo)
    if (current?.state === 'WAIT_BUYER_PAY') closeTrade(kernel, current)
  })
}

/** After a restart the trades that still wait get their time limits back. */
export function armAllTimeouts(kernel: Kernel): void {
  for (const trade of tradeTable(kernel).all())
    if (trade.state === 'WAIT_BUYER_PAY') armTimeout(kernel, trade)
}
