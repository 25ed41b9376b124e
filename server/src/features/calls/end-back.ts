import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { presentCall } from './present-call'
import type { CallView } from './schema'
import { assertSeen } from './seen'
import { lockCall, saveCall } from './store'

/** What came of calling back; who was not reached goes back to the list. Errors: not_found, call_changed. */
export async function endBack(
  ctx: Ctx,
  input: {
    readonly callId: string
    readonly version: number
    readonly reached: boolean
    readonly result: string
  },
): Promise<{ call: CallView }> {
  const staff = staffOf(ctx)
  const now = ctx.clock.now()
  const row = await inTransaction(ctx, async (tx) => {
    const known = assertSeen(staff, await lockCall(tx, input.callId))
    const isMine = known.callBack === 'taken' && known.callBackById === staff.id
    if (!isMine || known.version !== input.version) throw new AppError('call_changed')
    const ended = {
      ...known,
      callBack: input.reached ? ('done' as const) : ('open' as const),
      callBackAt: now,
      callBackResult: input.result,
      version: known.version + 1,
      updatedAt: now,
    }
    await saveCall(tx, ended)
    return ended
  })
  return { call: await presentCall(ctx, row) }
}
