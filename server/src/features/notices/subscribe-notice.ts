import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { isDone } from '../../core/http/shapes'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertBound } from '../households'
import { insertSubscriber } from './public-store'
import { findNotice } from './store'

/** 通知我: each change of this notice and its end. Errors: not_found; move_not_allowed when it is over. */
export async function subscribeNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly householdId?: string | undefined },
): Promise<typeof isDone> {
  const { id: residentId } = residentOf(ctx)
  const { noticeId, householdId = null } = input
  if (householdId !== null) await assertBound(ctx, residentId, [householdId])
  const notice = await findNotice(ctx.db.reader, noticeId)
  if (!notice || notice.version === 0) throw new AppError('not_found')
  if (notice.state !== 'live')
    throw new AppError('move_not_allowed', { message: '这条通知已经结束，不用再订阅了。' })
  await inTransaction(ctx, async (tx) => {
    try {
      await insertSubscriber(tx, { noticeId, residentId, householdId, createdAt: ctx.clock.now() })
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  })
  return isDone
}
