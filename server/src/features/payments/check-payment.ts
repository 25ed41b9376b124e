import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { closeLocally } from './close-locally'
import type { PaymentRow } from './entities'
import { type Evidence, settlePayment } from './settle-payment'
import { isOpen, isSettled } from './states'

/**
 * Asks the platform about one order now and posts what it vouches for. Unknown stays unknown: a platform that
 * does not answer throws `platform_unavailable` and nothing moves.
 */
export async function checkPayment(
  ctx: Ctx,
  payment: PaymentRow,
  source: Exclude<Evidence['source'], 'callback'>,
): Promise<void> {
  // Nothing the platform could say would change money that is posted; and it may be away.
  if (isSettled(payment.state)) return
  const view = await ctx.platforms.payments[payment.channel].query({
    merchantKey: payment.merchantKey,
    orderNo: payment.orderNo,
    appId: payment.appId,
  })
  if (view.trade && (view.state === 'paid' || view.state === 'refunded')) {
    const noticeId = `query:${sha256(`${payment.orderNo}\n${view.trade.tradeNo}\n${view.trade.amountFen}`).slice(0, 40)}`
    await settlePayment(ctx, {
      channel: payment.channel,
      trade: view.trade,
      evidence: { noticeId, source, raw: view.rawBody },
    })
    return
  }
  if (view.state === 'closed' && isOpen(payment.state)) await closeLocally(ctx, payment)
}
