import { inTransaction, type Tx } from '../../core/db/database'
import type { SettledTrade } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { lockBills } from '../billing'
import type { NoticeRow, PaymentRow } from './entities'
import { postTrade } from './post-trade'
import { isSettled } from './states'
import {
  billsOfPayments,
  findPaymentByOrderNo,
  insertException,
  keepNotice,
  lockPayment,
  setNoticeOutcome,
} from './store'

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
    const found = await findPaymentByOrderNo(tx, trade.orderNo)
    const known = found?.channel === channel ? found : null
    const items = known ? await billsOfPayments(tx, [known.id]) : []
    const bills = await lockBills(
      tx,
      items.map((item) => item.billId),
    )
    const payment = known ? await lockPayment(tx, known.id) : null
    const notice = await keepEvidence(tx, ctx, channel, trade, evidence)
    if (!payment) return outcome(tx, notice, 'orphan')
    if (isSettled(payment.state) && payment.tradeNo === trade.tradeNo) return outcome(tx, notice, 'duplicate')
    const wrong = mismatch(payment, trade)
    if (wrong) return quarantine(tx, ctx, { payment, notice, wrong })
    await postTrade(tx, ctx, { payment, items, bills, trade })
    return outcome(tx, notice, 'posted')
  })
  ctx.metrics.settlements.inc({ channel, source: evidence.source, outcome: settlement })
  const level = settlement === 'posted' || settlement === 'duplicate' ? 'info' : 'error'
  ctx.log[level]({ orderNo: trade.orderNo, channel, source: evidence.source, settlement }, 'payments.settled')
  return settlement
}

/** What is not as our own row says, or null when all agrees (F07, F09, F10). */
function mismatch(payment: PaymentRow, trade: SettledTrade): { code: string; detail: string } | null {
  const differs = (
    code: string,
    ours: string | number,
    theirs: string | number,
  ): { code: string; detail: string } | null =>
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

async function keepEvidence(
  tx: Tx,
  ctx: Ctx,
  channel: string,
  trade: SettledTrade,
  evidence: Evidence,
): Promise<{ row: NoticeRow; isNew: boolean }> {
  return keepNotice(tx, {
    id: ctx.ids.next(),
    channel,
    noticeId: evidence.noticeId,
    source: evidence.source,
    orderNo: trade.orderNo,
    outcome: 'new',
    rawSealed: ctx.vault.seal(evidence.raw),
    receivedAt: ctx.clock.now(),
  })
}

/** The first decision about a notice stands, except that one which waited for its order may still be posted. */
async function outcome(
  tx: Tx,
  notice: { row: NoticeRow; isNew: boolean },
  decided: Settlement,
): Promise<Settlement> {
  const waited = notice.row.outcome === 'orphan' || notice.row.outcome === 'undecrypted'
  if (notice.isNew || waited) await setNoticeOutcome(tx, notice.row.id, decided)
  return decided
}

async function quarantine(
  tx: Tx,
  ctx: Ctx,
  {
    payment,
    notice,
    wrong,
  }: {
    payment: PaymentRow
    notice: { row: NoticeRow; isNew: boolean }
    wrong: { code: string; detail: string }
  },
): Promise<Settlement> {
  if (notice.isNew) {
    await insertException(tx, {
      id: ctx.ids.next(),
      paymentId: payment.id,
      noticeRowId: notice.row.id,
      code: wrong.code,
      detail: wrong.detail,
      createdAt: ctx.clock.now(),
      resolvedAt: null,
    })
  }
  return outcome(tx, notice, 'quarantined')
}
