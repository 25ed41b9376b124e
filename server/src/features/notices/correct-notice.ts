import type { Ctx } from '../../platforms/context'
import { sayFurther } from './follow-up'
import type { NoticeDeskRow } from './schema'

/**
 * Says to those who were told already, and to nobody else, that it was wrong and what is right. Errors:
 * fan_out_running while the version before is still being sent, because the others would get the wrong words yet;
 * not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function correctNotice(
  ctx: Ctx,
  input: {
    readonly noticeId: string
    readonly revision: number
    readonly title: string
    readonly words: string
    readonly reason: string
  },
): Promise<{ notice: NoticeDeskRow }> {
  return sayFurther(ctx, { ...input, act: 'correct' }, () => ({
    said: 'correction',
    title: input.title,
    words: input.words,
    changed: input.reason,
  }))
}
