import type { Ctx } from '../../platforms/context'
import type { PaymentRow } from './entities'

/**
 * My own unpaid order gives way to my new one; another resident's does after the configured minutes. Whoever lives
 * there goes before whoever only came by the code, so that holding a code can keep nobody from paying their own bill.
 */
export function mayTakeOver(
  ctx: Ctx,
  holder: PaymentRow,
  me: { readonly ids: readonly string[]; readonly visits: boolean },
): boolean {
  if (me.ids.includes(holder.residentId)) return true
  if (holder.codeId !== null && !me.visits) return true
  return ctx.clock.now() - holder.createdAt >= ctx.config.payments.holdMinutes * 60_000
}
