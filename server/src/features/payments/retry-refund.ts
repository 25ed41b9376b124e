import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { hurryRefund } from './refund-store'
import { troublesScope } from './troubles-scope'
import { findRefundIn } from './troubles-store'

/**
 * Lets the sweep ask the platform about a refund at once. Only the platform's answer moves it, and its number stays, so
 * that it pays back once (F54). Errors: not_found outside my scope, move_not_allowed when it has ended.
 */
export async function retryRefund(ctx: Ctx, input: { readonly refundId: string }): Promise<void> {
  const scope = troublesScope(ctx)
  await inTransaction(ctx, async (tx) => {
    const refund = scope ? await findRefundIn(tx, scope, input.refundId) : null
    if (!refund) throw new AppError('not_found')
    if (refund.nextAttemptAt === null)
      throw new AppError('move_not_allowed', { message: '这笔退款已经有结果，不用再试。' })
    await hurryRefund(tx, refund.refundNo, ctx.clock.now())
  })
}
