import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { PaymentRow } from './entities'
import { findPayment } from './store'

/** My payment, or `not_found`: whether a stranger's payment exists is nobody's business. */
export async function getPayment(ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  const mine = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const payment = await findPayment(ctx.db.reader, paymentId)
  if (!payment || !mine.includes(payment.residentId)) throw new AppError('not_found')
  return payment
}
