import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { isWaitingCorrection } from './states'
import { changeNotice, changeVersion, lockNotice, noticesPastEnd, versionsOf } from './store'

const HOUR_MS = 3_600_000
const AT_ONCE = 100

/**
 * Ends what nobody ended: announcements after their end or their days, and planned stops long past their end. What was
 * an emergency stays until somebody says that it is over.
 */
export async function endNotices(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const { endedAfterHours, announcementDays } = ctx.config.notices
  const limits = {
    plannedEndsBefore: now - endedAfterHours * HOUR_MS,
    announcedBefore: now - announcementDays * DAY_MS,
    now,
  }
  for (const { id } of await noticesPastEnd(ctx.db.reader, limits, AT_ONCE))
    await inTransaction(ctx, async (tx) => {
      const notice = await lockNotice(tx, id)
      const stillPast = (await noticesPastEnd(tx, limits, 1, id)).length === 1
      if (!notice || !stillPast) return
      const newest = (await versionsOf(tx, [id])).at(-1)
      if (newest && isWaitingCorrection(newest))
        await changeVersion(tx, newest.id, {
          state: 'refused',
          refusedWords: '公告已结束，这条更正没有发出。',
        })
      await changeNotice(tx, notice, { state: 'ended', updatedAt: now })
    })
}
