import { inTransaction } from '../../core/db/database'
import { isDone } from '../../core/http/shapes'
import type { Ctx } from '../../platforms/context'
import { assertInCharge, lockForChange } from './lock-notice'
import { deskReach } from './scope'
import { deleteDraft } from './store'
import { reopenSuggestion } from './suggestion-store'

/**
 * Throws a draft away that nobody was told of; a suggestion that it came from is open again. Errors: not_found,
 * forbidden, notice_changed, move_not_allowed.
 */
export async function discardDraft(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number },
): Promise<typeof isDone> {
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  await inTransaction(ctx, async (tx) => {
    const { notice } = await lockForChange(tx, ctx, { ...input, act: 'discard', reach })
    await deleteDraft(tx, notice.id)
    if (notice.suggestionId !== null) await reopenSuggestion(tx, notice.suggestionId)
  })
  return isDone
}
