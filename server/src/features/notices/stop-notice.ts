import { inTransaction, type Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { bulkProgress, stopBulk } from '../notifications'
import type { NoticeRow, VersionRow } from './entities'
import { stopFanOut } from './fan-out'
import { assertInCharge, type LockedNotice, lockForChange } from './lock-notice'
import type { NoticeDeskRow } from './schema'
import { deskReach } from './scope'
import { changeNotice, changeVersion } from './store'
import { answer } from './submit-notice'

/** What a version keeps. */
const WORDS_MAX = 200

/**
 * Stops the newest version wherever its fan-out is: from this commit on no row is made, and no send begins later than
 * two seconds after it (I10). The notice is again what it was before this version; stopping the first takes it back
 * whole. One that only waited for its hour becomes a draft. Errors: not_found, forbidden, notice_changed,
 * move_not_allowed when there is nothing to stop.
 */
export async function stopNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number; readonly reason: string },
): Promise<{ notice: NoticeDeskRow; alreadyTold: number }> {
  const { id: staffId } = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  const bulkId = await inTransaction(ctx, async (tx) => {
    const locked = await lockForChange(tx, ctx, { ...input, act: 'stop', reach })
    const { notice, newest } = locked
    if (notice.state === 'scheduled') {
      await changeVersion(tx, newest.id, {
        state: 'draft',
        publishAt: null,
        refusedWords: `停止发布：${input.reason}`.slice(0, WORDS_MAX),
      })
      await changeNotice(tx, notice, { state: 'draft', updatedAt: ctx.clock.now() })
      return null
    }
    await stopFanOut(tx, ctx, notice.id, newest.version)
    if (newest.bulkId !== null) await stopBulk(tx, ctx, newest.bulkId)
    await takeBack(tx, ctx, locked, { staffId, reason: input.reason })
    return newest.bulkId
  })
  return { ...(await answer(ctx, input.noticeId)), alreadyTold: await toldSoFar(ctx, bulkId) }
}

async function takeBack(
  tx: Tx,
  ctx: Ctx,
  { notice, newest, versions }: LockedNotice,
  by: { readonly staffId: string; readonly reason: string },
): Promise<void> {
  const now = ctx.clock.now()
  await changeVersion(tx, newest.id, {
    state: 'stopped',
    stoppedAt: now,
    stoppedBy: by.staffId,
    refusedWords: by.reason,
  })
  const before = versions.filter(({ state, id }) => state === 'published' && id !== newest.id)
  await changeNotice(tx, notice, { ...(isSettled(notice) ? {} : asBefore(before)), updatedAt: now })
}

/** What others have built upon: the requests are closed, the minutes are kept. Only the sending can be stopped then. */
function isSettled(notice: NoticeRow): boolean {
  return notice.requestsClosedAt !== null || notice.minutesKeptAt !== null
}

/** What the notice says when its newest version does not count. */
function asBefore(published: readonly VersionRow[]): Partial<NoticeRow> {
  const last = published.at(-1)
  if (!last) return { state: 'cancelled', version: 0 }
  const change = published.findLast((version) => version.said !== 'correction')?.said
  const state = change === 'restored' || change === 'cancelled' ? change : 'live'
  return {
    state,
    version: last.version,
    title: last.title,
    reasonWords: last.reasonWords,
    startsAt: last.startsAt,
    endsAt: last.endsAt,
    ...(state === 'restored' ? {} : { restoredAt: null }),
  }
}

/** Those whose message left, or may have. */
async function toldSoFar(ctx: Ctx, bulkId: string | null): Promise<number> {
  const progress = bulkId === null ? null : await bulkProgress(ctx.db.reader, ctx, bulkId)
  return progress === null ? 0 : progress.final.sent + progress.final.inbox + progress.final.unknown
}
