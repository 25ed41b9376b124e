import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { companyOf } from '../../core/config/companies'
import { sayFurther } from './follow-up'
import type { NoticeDeskRow } from './schema'
import { supplyWords, timeWords } from './words'

/**
 * Supply is back: everybody hears it and is asked 恢复了吗; `requests` closes what was merged into it, and the minutes
 * are reckoned by a job. Errors: invalid_input for a time that has not come yet, or from before the stop began;
 * not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function restoreNotice(
  ctx: Ctx,
  input: {
    readonly noticeId: string
    readonly revision: number
    readonly restoredAt?: number | undefined
    readonly words: string
  },
): Promise<{ notice: NoticeDeskRow }> {
  return sayFurther(ctx, { ...input, act: 'restore' }, ({ notice }, last) => {
    const now = ctx.clock.now()
    const restoredAt = input.restoredAt ?? now
    const message = restoredAt > now ? '恢复时间还没有到' : '恢复时间要晚于停供开始的时间'
    if (restoredAt > now || (notice.cutSince !== null && restoredAt < notice.cutSince))
      throw new AppError('invalid_input', { fields: [{ path: 'restoredAt', message }] })
    const supply = supplyWords(companyOf(ctx, notice.companyId))
    return {
      said: 'restored',
      title: `${supply}已恢复`,
      words: input.words === '' ? `${supply}已恢复。如果您家还没有恢复，请点“还没好”告诉我们。` : input.words,
      changed: `${timeWords(restoredAt, now)}恢复`,
      patch: { restoredAt, title: last.title },
    }
  })
}
