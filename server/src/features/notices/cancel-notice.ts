import type { Ctx } from '../../platforms/context'
import { sayFurther } from './follow-up'
import type { NoticeDeskRow } from './schema'

/** It will not take place: everybody whom it covers hears so. Errors: not_found, forbidden, notice_changed, move_not_allowed. */
export async function cancelNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number; readonly reason: string },
): Promise<{ notice: NoticeDeskRow }> {
  return sayFurther(ctx, { ...input, act: 'cancel' }, (_, last) => ({
    said: 'cancelled',
    title: last.title,
    words: last.words,
    changed: input.reason,
  }))
}
