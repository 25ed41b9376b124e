import type { Ctx } from '../../platforms/context'
import { checkPayment } from './check-payment'
import { closeLocally } from './close-locally'
import type { PaymentRow } from './entities'
import { isOpen } from './states'

/**
 * Gives up an unpaid order: closed at the platform first, and here only after it said so. When the platform says
 * that the money came meanwhile, it is posted instead (F06).
 */
export async function closePayment(ctx: Ctx, payment: PaymentRow, source: 'sweep' | 'close'): Promise<void> {
  if (!isOpen(payment.state)) return
  const answer = await ctx.platforms.payments[payment.channel].close({
    merchantKey: payment.merchantKey,
    orderNo: payment.orderNo,
    appId: payment.appId,
  })
  if (answer === 'paid') return checkPayment(ctx, payment, source)
  await closeLocally(ctx, payment)
}
