import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { isDone } from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { saveTick } from './call-store'
import type { CallRow } from './entities'
import { assertSeen } from './list-calls'
import { deskReach } from './scope'

/** This customer was called, could not be reached, or is open again. Errors: not_found. */
export async function tickCall(
  ctx: Ctx,
  input: {
    readonly noticeId: string
    readonly householdId: string
    readonly state: CallRow['state']
    readonly note: string
  },
): Promise<typeof isDone> {
  const { id: staffId } = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertSeen(ctx, reach, input.noticeId)
  const { noticeId, householdId, state, note } = input
  const by = state === 'open' ? { byStaff: null, at: null } : { byStaff: staffId, at: ctx.clock.now() }
  const isListed = await inTransaction(ctx, (tx) =>
    saveTick(tx, { noticeId, householdId, pieces: reach.pieces }, { state, note, ...by }),
  )
  if (!isListed) throw new AppError('not_found')
  return isDone
}
