import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { troublesScope } from './troubles-scope'
import { endRest, findPosting, reopenPosting } from './troubles-store'

/**
 * Hands a posting to the billing system again. Its serial stays, so it has one effect there however often this is
 * asked. Errors: not_found outside my scope, move_not_allowed when it is done or waits for its first turn.
 */
export async function retryPosting(ctx: Ctx, input: { readonly postingId: string }): Promise<void> {
  const scope = troublesScope(ctx)
  await inTransaction(ctx, async (tx) => {
    const posting = await findPosting(tx, input.postingId)
    if (!scope || !posting || !scope.companies.includes(posting.companyId)) throw new AppError('not_found')
    if (!(await reopenPosting(tx, posting.id)))
      throw new AppError('move_not_allowed', { message: '这笔已经入账，或正在排队，不用再送。' })
    await endRest(tx, posting.companyId)
  })
}
