import type { Ctx } from '../../platforms/context'
import { closePayment } from './close-payment'
import type { PaymentRow } from './entities'
import { getPayment } from './get-payment'

/** Gives up my unpaid order and answers what became of it: closed, or paid after all when the money was faster. */
export async function cancelPayment(ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  await closePayment(ctx, await getPayment(ctx, paymentId), 'close')
  return getPayment(ctx, paymentId)
}
