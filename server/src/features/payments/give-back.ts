import type { Tx, Reader } from '../../core/db/database'
import type { UtilityReceipt } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { lockBills } from '../billing'
import { insertRefund, payingsOfBill, refundsNumbered, refundsOfBill } from './refund-store'
import { insertLedger, lockPayment } from './store'
import { insertWritebacks, postingsBySerial } from './writeback-store'

/** Wallets pay back within a year of the payment; a day is kept in hand. */
const REFUNDABLE_MS = 364 * 24 * 3_600_000
/** One bill is paid by few payments; what more of them paid goes to the billing system. */
const MOST_REFUNDS = 9

interface Posting {
  readonly serial: string
  readonly kind: Extract<UtilityReceipt['kind'], 'prepayment' | 'reduction' | 'surcharge'>
  readonly companyId: string
  readonly accountNo: string
  /** As it stands on bills, such as 2026-2027. */
  readonly period: string
  readonly amountFen: number
}

/** Hands a decision about money to the company's billing system, in the caller's transaction. One effect per serial. */
export async function postToBilling(tx: Tx, ctx: Ctx, posting: Posting): Promise<void> {
  const { period, ...rest } = posting
  const now = ctx.clock.now()
  await insertWritebacks(tx, [
    {
      id: ctx.ids.next(),
      ...rest,
      billKey: `${posting.accountNo}:${period}`,
      paidAt: now,
      channel: 'portal',
      tradeNo: posting.serial,
      state: 'due',
      attempts: 0,
      lastCode: null,
      notBefore: 0,
      createdAt: now,
      doneAt: null,
    },
  ])
}

/**
 * Gives a part of a bill back, in the caller's transaction: to whoever paid it through us, by the way it came, newest
 * payment first; what did not come through us is handed to the billing system as a prepayment. `ref` is the decision's
 * own number and makes every number that follows, so the same decision cannot give back twice.
 */
export async function giveBack(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly ref: string
    readonly billId: string
    readonly amountFen: number
    /** What the payer reads in the wallet. */
    readonly reason: string
  },
): Promise<{ refundedFen: number; creditedFen: number }> {
  const { ref, billId, amountFen, reason } = input
  const [bill] = await lockBills(tx, [billId])
  if (!bill) throw new Error(`The bill ${billId} has vanished.`)
  const now = ctx.clock.now()
  const before = await refundsOfBill(tx, billId)
  let restFen = amountFen
  let count = 0
  for (const paying of await payingsOfBill(tx, billId)) {
    const payment = await lockPayment(tx, paying.paymentId)
    const goneFen = before
      .filter(({ paymentId }) => paymentId === payment.id)
      .reduce((sum, refund) => sum + refund.amountFen, 0)
    const takeFen = Math.min(restFen, Number(paying.allocatedFen) - goneFen)
    if (takeFen <= 0 || count === MOST_REFUNDS || now - Number(paying.paidAt) > REFUNDABLE_MS) continue
    count += 1
    const refundNo = refundNumber(ref, count)
    const row = { id: ctx.ids.next(), paymentId: payment.id, refundNo, amountFen: takeFen, reason }
    await insertRefund(tx, {
      ...row,
      billId,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      platformRefundNo: null,
      createdAt: now,
      endedAt: null,
    })
    const entry = (account: string, fen: number) => ({
      id: ctx.ids.next(),
      paymentId: payment.id,
      kind: 'give-back',
      account,
      ref: refundNo,
      amountFen: fen,
      at: now,
    })
    await insertLedger(tx, [
      entry(`bill:${bill.companyId}`, takeFen),
      entry(`surplus:${payment.merchantKey}`, -takeFen),
    ])
    restFen -= takeFen
  }
  if (restFen > 0)
    await postToBilling(tx, ctx, {
      serial: `${ref}-C`,
      kind: 'prepayment',
      companyId: bill.companyId,
      accountNo: bill.accountNo,
      period: bill.period,
      amountFen: restFen,
    })
  return { refundedFen: amountFen - restFen, creditedFen: restFen }
}

/** Alipay takes letters, digits and underscores, and nothing else (alipay.md 3.1). */
const refundNumber = (ref: string, count: number): string => `${ref.replaceAll('-', '_')}_${count}`

/** How far a decision has been carried out. */
interface GaveBack {
  readonly refundedFen: number
  readonly creditedFen: number
  /** `stuck`: a wallet will not pay it back; it stands on the staff's list of troubles. */
  readonly state: 'under-way' | 'done' | 'stuck'
}

export async function gaveBackOf(reader: Reader, ref: string): Promise<GaveBack> {
  const numbers = Array.from({ length: MOST_REFUNDS }, (_, index) => refundNumber(ref, index + 1))
  const [refunds, postings] = await Promise.all([
    refundsNumbered(reader, numbers),
    postingsBySerial(reader, [`${ref}-C`]),
  ])
  const sum = (list: readonly { amountFen: number }[]) =>
    list.reduce((total, { amountFen }) => total + Number(amountFen), 0)
  const stuck =
    refunds.some(({ state }) => state === 'impossible') || postings.some(({ state }) => state === 'refused')
  const open =
    refunds.some(({ state }) => state !== 'succeeded') || postings.some(({ state }) => state !== 'done')
  return {
    refundedFen: sum(refunds),
    creditedFen: sum(postings),
    state: stuck ? 'stuck' : open ? 'under-way' : 'done',
  }
}
