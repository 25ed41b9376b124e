import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { Viewer } from './present'

/**
 * The resident who asks, as these bills are presented to them. Their former ids matter only for a bill that an
 * open order holds, and most pages have none, so they are asked for only then.
 */
export async function viewerOf(
  ctx: Ctx,
  bills: readonly { readonly heldByPaymentId: string | null }[],
): Promise<Viewer> {
  const held = bills.some((bill) => bill.heldByPaymentId !== null)
  return {
    residentIds: held ? await residentAliases(ctx.db.reader, residentOf(ctx).id) : [],
    holdMs: ctx.config.payments.holdMinutes * 60_000,
  }
}
