import { inTransaction, type Tx } from '../../core/db/database'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { lockBills } from '../billing'
import type { NoticeRow, PaymentRow } from './entities'
import { postTrade } from './post-trade'
import { isSettled } from './states'
import { billsOfOrder, insertException, keepNotice, lockPayment, setNoticeOutcome } from './store'

export interface Evidence {
  /** Unique per channel, the same whenever the same fact is told again. */
  readonly noticeId: string
  readonly source: 'callback' | 'sweep' | 'return' | 'close'
  readonly raw: string
}

/**
 * - `posted`: the money is in the ledger now
 * - `duplicate`: it was already
 * - `quarantined`: verified, but not what our order says; kept for staff, money state untouched
 * - `orphan`: verified, but we have no such order; the platform should tell us again
 */
export type Settlement = 'posted' | 'duplicate' | 'quarantined' | 'orphan'

/**
 * The one door to "paid". Callback, sweep, the resident's return and closing all come through here with a trade
 * that the platform itself vouched for. One transaction: bills are locked, then the order is locked and read
 * again, then decided; evidence, ledger, allocation, messages and write-backs are written together or not at all.
 */
export async function settlePayment(
  ctx: Ctx,
  { channel, trade, evidence }: { channel: 'wechat' | 'alipay'; trade: SettledTrade; evidence: Evidence },
): Promise<Settlement> {
  const settlement = await inTransaction(ctx, async (tx) => {
    const items = await billsOfOrder(tx, channel, trade.orderNo)
    const bills = await lockBills(
      tx,
      items.map((item) => item.billId),
    )
    // Every order has bills: where there are none, there is no order of that number in that wallet.
    const payment = items[0] ? await lockPayment(tx, items[0].paymentId) : null
    const { decided, wrong } = decide(payment, trade)
    const notice = await keepEvidence(tx, ctx, { channel, trade, evidence, decided })
    if (payment && wrong && notice.isNew) await noteException(tx, ctx, { payment, notice: notice.row, wrong })
    if (payment && decided === 'posted') await postTrade(tx, ctx, { payment, items, bills, trade })
    return decided
  })
  ctx.metrics.settlements.inc({ channel, source: evidence.source, outcome: settlement })
  const level = settlement === 'posted' || settlement === 'duplicate' ? 'info' : 'error'
  ctx.log[level]({ orderNo: trade.orderNo, channel, source: evidence.source, settlement }, 'payments.settled')
  return settlement
}

function decide(
  payment: PaymentRow | null,
  trade: SettledTrade,
): { decided: Settlement; wrong: Wrong | null } {
  if (!payment) return { decided: 'orphan', wrong: null }
  if (isSettled(payment.state) && payment.tradeNo === trade.tradeNo)
    return { decided: 'duplicate', wrong: null }
  const wrong = mismatch(payment, trade)
  return { decided: wrong ? 'quarantined' : 'posted', wrong }
}

interface Wrong {
  readonly code: string
  readonly detail: string
}

/** What is not as our own row says, or null when all agrees (F07, F09, F10). */
function mismatch(payment: PaymentRow, trade: SettledTrade): Wrong | null {
  const differs = (code: string, ours: string | number, theirs: string | number): Wrong | null =>
    ours === theirs ? null : { code, detail: `ours ${ours}, theirs ${theirs}` }
  if (isSettled(payment.state))
    return { code: 'second_trade', detail: `settled by ${payment.tradeNo ?? '?'}, now ${trade.tradeNo}` }
  return (
    differs('amount_differs', payment.amountFen, trade.amountFen) ??
    differs('currency_differs', 'CNY', trade.currency) ??
    differs('app_differs', payment.appId, trade.appId) ??
    // Alipay's query answer does not name the seller; the key that signed it belongs to one seller alone.
    (trade.merchantId === null ? null : differs('merchant_differs', payment.merchantId, trade.merchantId))
  )
}

/**
 * Keeps what the platform vouched for, with what was decided about it. The first decision about a notice stands,
 * except that one which waited for its order or its key may still be decided.
 */
async function keepEvidence(
  tx: Tx,
  ctx: Ctx,
  {
    channel,
    trade,
    evidence,
    decided,
  }: { channel: string; trade: SettledTrade; evidence: Evidence; decided: Settlement },
): Promise<{ row: NoticeRow; isNew: boolean }> {
  const notice = await keepNotice(tx, {
    id: ctx.ids.next(),
    channel,
    noticeId: evidence.noticeId,
    source: evidence.source,
    orderNo: trade.orderNo,
    outcome: decided,
    rawSealed: ctx.vault.seal(evidence.raw),
    receivedAt: ctx.clock.now(),
  })
  const waited = notice.row.outcome === 'orphan' || notice.row.outcome === 'undecrypted'
  if (!notice.isNew && waited) await setNoticeOutcome(tx, notice.row.id, decided)
  return notice
}

async function noteException(
  tx: Tx,
  ctx: Ctx,
  { payment, notice, wrong }: { payment: PaymentRow; notice: NoticeRow; wrong: Wrong },
): Promise<void> {
  await insertException(tx, {
    id: ctx.ids.next(),
    paymentId: payment.id,
    noticeRowId: notice.id,
    code: wrong.code,
    detail: wrong.detail,
    createdAt: ctx.clock.now(),
  })
}
