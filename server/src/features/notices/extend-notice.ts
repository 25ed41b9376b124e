import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { sayFurther } from './follow-up'
import type { NoticeDeskRow } from './schema'
import { timeWords } from './words'

/**
 * It takes longer than was said: everybody whom it covers, and who asked, hears the new end. Errors: invalid_input for
 * an end that is past or no later; not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function extendNotice(
  ctx: Ctx,
  input: {
    readonly noticeId: string
    readonly revision: number
    readonly endsAt: number
    readonly reason: string
  },
): Promise<{ notice: NoticeDeskRow }> {
  return sayFurther(ctx, { ...input, act: 'extend' }, ({ notice }, last) => {
    const now = ctx.clock.now()
    const { endsAt } = input
    const isLater = notice.endsAt === null || endsAt > notice.endsAt
    if (!isLater || endsAt <= now)
      throw new AppError('invalid_input', {
        fields: [{ path: 'endsAt', message: endsAt <= now ? '新的时间已经过了' : '新的时间要比原来的晚' }],
      })
    const before = notice.endsAt === null ? '' : `原定${timeWords(notice.endsAt, now)}，`
    return {
      said: 'extended',
      title: last.title,
      words: last.words,
      changed: `${before}延到${timeWords(endsAt, now)}：${input.reason}`,
      reasonWords: input.reason,
      endsAt,
    }
  })
}
