import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { requestInScope } from '../desk'
import { presentCall } from './present-call'
import type { CallView } from './schema'
import { assertSeen } from './seen'
import { lockCall, saveCall } from './store'

/** The request that came of this call. Errors: not_found for either outside my scope or of another company. */
export async function linkRequest(
  ctx: Ctx,
  input: { readonly callId: string; readonly requestId: string },
): Promise<{ call: CallView }> {
  const staff = staffOf(ctx)
  const request = await requestInScope(ctx, input.requestId)
  const now = ctx.clock.now()
  const row = await inTransaction(ctx, async (tx) => {
    const known = assertSeen(staff, await lockCall(tx, input.callId))
    if (request.companyId !== known.companyId) throw new AppError('not_found')
    const linked = { ...known, requestId: request.id, version: known.version + 1, updatedAt: now }
    await saveCall(tx, linked)
    return linked
  })
  return { call: await presentCall(ctx, row) }
}
