import { type Ctx, staffOf } from '../../platforms/context'
import { contextOf } from '../chat'
import { callerOf } from './caller'
import { presentCall } from './present-call'
import type { CallContext, CallView } from './schema'
import { assertSeen } from './seen'
import { findCall } from './store'

/**
 * One call with everything about whoever may be calling. Several households may have the number: the agent asks which
 * one it is about. Errors: not_found.
 */
export async function getCall(
  ctx: Ctx,
  input: { readonly callId: string },
): Promise<{ call: CallView; context: CallContext }> {
  const { reader } = ctx.db
  const row = assertSeen(staffOf(ctx), await findCall(reader, input.callId))
  const { companyId } = row
  const caller =
    row.numberKnown === 0
      ? { residentId: null, householdIds: [] }
      : await callerOf(reader, ctx, { companyId, number: ctx.vault.open(row.numberSealed) })
  const [call, context] = await Promise.all([
    presentCall(ctx, row),
    contextOf(ctx, { ...caller, companyId, personIndex: null, conversationId: null }),
  ])
  return { call, context }
}
