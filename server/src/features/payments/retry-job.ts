import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { troublesScope } from './troubles-scope'
import { reviveJob } from './troubles-store'

/**
 * Takes up work again that had failed for the last time. Jobs belong to no company, so only whoever sees the whole
 * portal may. Errors: not_found, also when it is not dead any more.
 */
export async function retryJob(ctx: Ctx, input: { readonly jobId: string }): Promise<void> {
  if (!troublesScope(ctx)?.isWholePortal) throw new AppError('not_found')
  await inTransaction(ctx, async (tx) => {
    if (!(await reviveJob(tx, input.jobId, ctx.clock.now()))) throw new AppError('not_found')
    tx.afterCommit(ctx.wakeJobs)
  })
}
