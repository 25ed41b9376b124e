import { inTransaction } from '../../core/db/database'
import { type Ctx } from '../../platforms/context'
import { assertInCharge, lockForChange } from './lock-notice'
import type { NoticeDeskRow } from './schema'
import { deskReach } from './scope'
import { isWaitingCorrection } from './states'
import { changeNotice, changeVersion } from './store'
import { answer } from './submit-notice'

/** Sends it back to whoever wrote it, with words. Errors: not_found, forbidden, notice_changed, move_not_allowed. */
export async function refuseNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number; readonly words: string },
): Promise<{ notice: NoticeDeskRow }> {
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  await inTransaction(ctx, async (tx) => {
    const { notice, newest } = await lockForChange(tx, ctx, { ...input, act: 'refuse', reach })
    await changeVersion(tx, newest.id, { state: 'refused', refusedWords: input.words })
    // A correction that was not agreed to leaves the notice as it is.
    const back = isWaitingCorrection(newest) ? {} : { state: 'draft' as const }
    await changeNotice(tx, notice, { ...back, updatedAt: ctx.clock.now() })
  })
  return answer(ctx, input.noticeId)
}
