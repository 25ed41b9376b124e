import type { Ctx } from '../../platforms/context'
import type { PaymentRow } from './entities'

/** My own unpaid order gives way to my new one; another resident's does after the configured minutes. */
export function mayTakeOver(ctx: Ctx, holder: PaymentRow, myIds: readonly string[]): boolean {
  if (myIds.includes(holder.residentId)) return true
  return ctx.clock.now() - holder.createdAt >= ctx.config.payments.holdMinutes * 60_000
}
