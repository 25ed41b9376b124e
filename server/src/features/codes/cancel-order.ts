import type { Ctx } from '../../platforms/context'
import type { CodeOrderView } from './desk-schema'
import { withOrder } from './order-in-scope'
import { saveOrder } from './order-store'

/** No further step is begun; a file that is under way is thrown away. An order that has ended stays as it is. */
export async function cancelOrder(
  ctx: Ctx,
  input: { readonly orderId: string },
): Promise<{ order: CodeOrderView }> {
  return withOrder(ctx, input.orderId, async (tx, row) => {
    if (row.state !== 'running' && row.state !== 'failed') return row
    const now = ctx.clock.now()
    const cancelled = { ...row, state: 'cancelled' as const, updatedAt: now, endedAt: now }
    await saveOrder(tx, cancelled)
    return cancelled
  })
}
