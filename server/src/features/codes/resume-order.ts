import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import type { CodeOrderView } from './desk-schema'
import { withOrder } from './order-in-scope'
import { saveOrder } from './order-store'
import { codeOrderJob } from './step-order'

/** A failed order goes on with the step that went wrong; any other one stays as it is. */
export async function resumeOrder(
  ctx: Ctx,
  input: { readonly orderId: string },
): Promise<{ order: CodeOrderView }> {
  return withOrder(ctx, input.orderId, async (tx, row) => {
    if (row.state !== 'failed') return row
    const now = ctx.clock.now()
    const running = { ...row, state: 'running' as const, updatedAt: now, endedAt: null }
    await saveOrder(tx, running)
    await enqueue(tx, ctx, codeOrderJob, { orderId: row.id }, { key: `${row.id}:${row.step}:${now}` })
    return running
  })
}
