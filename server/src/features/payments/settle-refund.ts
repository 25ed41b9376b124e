import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import type { RefundView } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { PaymentRow, RefundRow } from './entities'
import { findRefundByNo, lockRefund, saveRefund } from './refund-store'
import {
  billsOfPayments,
  disputedAmong,
  insertException,
  insertLedger,
  lockPayment,
  movePayment,
} from './store'
import { insertWritebacks } from './writeback-store'

/** Writes down what the platform answered about a refund that we asked about. Success is final. */
export async function settleRefund(
  ctx: Ctx,
  refundNo: string,
  state: RefundView['state'],
  platformRefundNo: string | null,
): Promise<'posted' | 'duplicate' | 'unknown'> {
  return inTransaction(ctx, async (tx) => {
    const found = await findRefundByNo(tx, refundNo)
    if (!found) return 'unknown'
    const payment = await lockPayment(tx, found.paymentId)
    const refund = await lockRefund(tx, found.id)
    if (refund.state === 'succeeded' || refund.state === 'impossible') return 'duplicate'
    if (state === 'not_found') return 'unknown'
    if (state === 'impossible') {
      await giveUpRefund(tx, ctx, refund)
      return 'posted'
    }
    if (state !== 'succeeded') {
      await raiseStuckRefund(tx, ctx, refund, state)
      await saveRefund(tx, {
        id: refund.id,
        state: state === 'processing' ? 'processing' : 'abnormal',
        platformRefundNo,
        nextAttemptAt: refund.nextAttemptAt,
        endedAt: null,
      })
      return 'posted'
    }
    await postRefund(tx, ctx, payment, refund, platformRefundNo)
    return 'posted'
  })
}

/** The platform will never pay this back, so a person must, by another way; the resident reads that we know. */
async function giveUpRefund(tx: Tx, ctx: Ctx, refund: RefundRow): Promise<void> {
  const { id } = refund
  await saveRefund(tx, {
    id,
    state: 'impossible',
    platformRefundNo: null,
    nextAttemptAt: null,
    endedAt: null,
  })
  await insertException(tx, {
    id: ctx.ids.next(),
    paymentId: refund.paymentId,
    noticeRowId: null,
    code: 'refund_impossible',
    detail: `${refund.refundNo}: the platform refuses it for good`,
    createdAt: ctx.clock.now(),
  })
}

/** So many tries without the money going back is something a person must see. */
const STUCK_AFTER = 5

/** Puts a refund that does not get through on the staff's list, once. */
export async function raiseStuckRefund(tx: Tx, ctx: Ctx, refund: RefundRow, why: string): Promise<void> {
  if (refund.attempts < STUCK_AFTER || (await disputedAmong(tx, [refund.paymentId])).has(refund.paymentId))
    return
  await insertException(tx, {
    id: ctx.ids.next(),
    paymentId: refund.paymentId,
    noticeRowId: null,
    code: 'refund_stuck',
    detail: `${refund.refundNo} after ${refund.attempts} tries: ${why}`,
    createdAt: ctx.clock.now(),
  })
}

async function postRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: RefundRow,
  platformRefundNo: string | null,
): Promise<void> {
  const at = ctx.clock.now()
  const row = (account: string, amountFen: number) => ({
    id: ctx.ids.next(),
    paymentId: payment.id,
    kind: 'refund',
    account,
    ref: refund.refundNo,
    amountFen,
    at,
  })
  await insertLedger(tx, [
    row(`channel:${payment.channel}:${payment.merchantKey}`, -refund.amountFen),
    row(`surplus:${payment.merchantKey}`, refund.amountFen),
  ])
  await saveRefund(tx, {
    id: refund.id,
    state: 'succeeded',
    platformRefundNo,
    nextAttemptAt: null,
    endedAt: at,
  })
  if (refund.billId !== null) await writeBackRefund(tx, ctx, payment, refund, refund.billId)
  if (payment.state === 'refunding') await movePayment(tx, payment, 'refunded', null)
  await recordAudit(tx, ctx, {
    action: 'payments.refund',
    object: `payment:${payment.id}`,
    detail: { amountFen: refund.amountFen },
  })
}

/** The billing system learns of it only now, because only now the money has gone back. */
async function writeBackRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: RefundRow,
  billId: string,
): Promise<void> {
  const item = (await billsOfPayments(tx, [payment.id])).find((one) => one.billId === billId)
  if (!item) throw new Error(`The refund ${refund.refundNo} names a bill that its payment does not have.`)
  await insertWritebacks(tx, [
    {
      id: ctx.ids.next(),
      serial: refund.refundNo,
      companyId: item.companyId,
      kind: 'refund',
      accountNo: item.accountNo,
      billKey: `${item.accountNo}:${item.period}`,
      amountFen: refund.amountFen,
      paidAt: ctx.clock.now(),
      channel: payment.channel,
      tradeNo: payment.tradeNo ?? payment.orderNo,
      state: 'due',
      attempts: 0,
      lastCode: null,
      notBefore: 0,
      createdAt: ctx.clock.now(),
      doneAt: null,
    },
  ])
}
