import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import type { RefundView } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { PaymentRow, RefundRow } from './entities'
import { findRefundByNo, lockRefund, saveRefund } from './refund-store'
import { insertLedger, lockPayment, movePayment } from './store'

/** Writes down what a platform says of a refund, from its callback or its answer. Success is final. */
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
    if (refund.state === 'succeeded') return 'duplicate'
    if (state === 'not_found') return 'unknown'
    if (state !== 'succeeded') {
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
  if (payment.state === 'refunding') await movePayment(tx, payment, 'refunded', null)
  await recordAudit(tx, ctx, {
    action: 'payments.refund',
    object: `payment:${payment.id}`,
    detail: { amountFen: refund.amountFen },
  })
}
