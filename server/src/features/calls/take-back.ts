import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { secondsToMidnight, takeQuota, tellOfLimit } from '../desk'
import { presentCall } from './present-call'
import type { CallView } from './schema'
import { assertSeen } from './seen'
import { lockCall, saveCall } from './store'

/**
 * I call this number back. It is shown whole, which counts like every look at a number, and nobody else is offered it
 * meanwhile. Errors: not_found, call_changed when a colleague was first, unmask_limit.
 */
export async function takeBack(
  ctx: Ctx,
  input: { readonly callId: string; readonly version: number },
): Promise<{ call: CallView; phone: string }> {
  const staff = staffOf(ctx)
  const now = ctx.clock.now()
  const row = await inTransaction(ctx, async (tx) => {
    const known = assertSeen(staff, await lockCall(tx, input.callId))
    const isFree =
      known.callBack === 'open' || (known.callBack === 'taken' && known.callBackById === staff.id)
    if (!isFree || known.version !== input.version) throw new AppError('call_changed')
    const of = { staffId: staff.id, day: shanghaiDay(now), kind: 'unmask' } as const
    if ((await takeQuota(tx, of, ctx.config.staff.unmaskPerDay)) === null)
      throw new AppError('unmask_limit', { retryAfterSeconds: secondsToMidnight(now) })
    const taken = {
      ...known,
      callBack: 'taken' as const,
      callBackById: staff.id,
      callBackByName: staff.name,
      version: known.version + 1,
      updatedAt: now,
    }
    await saveCall(tx, taken)
    return taken
  }).catch(async (error: unknown) => {
    if (isAppError(error, 'unmask_limit')) await tellOfLimit(ctx, 'callerNumber')
    throw error
  })
  return { call: await presentCall(ctx, row), phone: ctx.vault.open(row.numberSealed) }
}
