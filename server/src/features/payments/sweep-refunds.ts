import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { backoff } from '../../core/jobs/define'
import { inLanes } from '../../core/jobs/runner'
import type { Ctx } from '../../platforms/context'
import type { RefundRow } from './entities'
import { refundsToTry, takeRefund } from './refund-store'
import { raiseStuckRefund, settleRefund } from './settle-refund'
import { findPayment } from './store'

const BATCH = 100
// A resident waits for this money, so even a refund that failed for hours is tried every two minutes: a callback
// that hurries it counts as a try, and must not push the next one far away.
const again = backoff(5_000, 120_000)

/**
 * Sends refunds that are due and asks about those under way. The number of a refund never changes: the platform
 * keeps one effect per number, so a try whose answer was lost is tried again without paying back twice (F54).
 */
export async function sweepRefunds(ctx: Ctx): Promise<void> {
  const due = await refundsToTry(ctx.db.reader, ctx.clock.now(), BATCH)
  await inLanes(due, 4, (refund) => tryRefund(ctx, refund))
}

async function tryRefund(ctx: Ctx, refund: RefundRow): Promise<void> {
  const next = ctx.clock.now() + again(refund.attempts + 1)
  if (!(await inTransaction(ctx, (tx) => takeRefund(tx, refund, next)))) return
  const payment = await findPayment(ctx.db.reader, refund.paymentId)
  if (!payment) return
  const channel = ctx.platforms.payments[payment.channel]
  const ref = {
    merchantKey: payment.merchantKey,
    orderNo: payment.orderNo,
    appId: payment.appId,
    refundNo: refund.refundNo,
  }
  try {
    const asked = refund.state === 'pending' ? null : await channel.queryRefund(ref)
    const view =
      asked && asked.state !== 'not_found'
        ? asked
        : await channel.refund({
            ...ref,
            amountFen: refund.amountFen,
            totalFen: payment.amountFen,
            reason: refund.reason,
            notifyUrl: `${ctx.config.http.publicUrl}/callbacks/${payment.channel}/${payment.merchantKey}/refund`,
          })
    await settleRefund(ctx, refund.refundNo, view.state, view.platformRefundNo)
  } catch (error) {
    ctx.log.warn({ refundNo: refund.refundNo, attempt: refund.attempts, err: error }, 'refunds.try-failed')
    const why = isAppError(error) ? (error.detail ?? error.code) : 'unexpected answer'
    await inTransaction(ctx, (tx) => raiseStuckRefund(tx, ctx, refund, why))
  }
}
