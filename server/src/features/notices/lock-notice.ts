import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { bulkProgress } from '../notifications'
import type { NoticeRow, VersionRow } from './entities'
import { fanoutOfVersion } from './fan-out-store'
import { assertMayPublishTo, type DeskReach, sees } from './scope'
import type { NoticeAct } from './schema'
import { actsByState } from './states'
import { areasOf, findNotice, lockNotice, versionsOf } from './store'
import { audienceOf } from './audience'

/** A notice under its lock, with its newest version and those before. */
export interface LockedNotice {
  readonly notice: NoticeRow
  /** The newest, said already or not. */
  readonly newest: VersionRow
  /** All of them, the oldest first. */
  readonly versions: readonly VersionRow[]
}

/**
 * Locks a notice for a change, inside the transaction. Errors: not_found when it is gone or out of reach;
 * notice_changed when somebody else changed it since this person looked; move_not_allowed when its state forbids it.
 */
export async function lockForChange(
  tx: Tx,
  ctx: Ctx,
  asked: {
    readonly noticeId: string
    readonly revision: number
    readonly act: NoticeAct
    readonly reach: DeskReach
  },
): Promise<LockedNotice> {
  const notice = await lockNotice(tx, asked.noticeId)
  if (!notice || !sees(asked.reach, notice, await areasOf(tx, [notice.id]))) throw new AppError('not_found')
  if (notice.revision !== asked.revision) throw new AppError('notice_changed')
  const versions = await versionsOf(tx, [notice.id])
  const newest = versions.at(-1)
  if (!newest) throw new Error(`notice ${notice.id} has no version`)
  const isSending = await sendsStill(tx, ctx, newest)
  if (asked.act === 'correct') assertSettled(newest, isSending, ctx.clock.now())
  if (!actsByState(notice, newest, isSending).includes(asked.act))
    throw new AppError('move_not_allowed', { detail: `${asked.act} in ${notice.state}` })
  return { notice, newest, versions }
}

const SETTLE_MS = 10_000

/** Whoever gets a correction must be known: everybody whose message left, and nobody after them. */
function assertSettled(newest: Pick<VersionRow, 'stoppedAt'>, isSending: boolean, now: number): void {
  if (isSending) throw new AppError('fan_out_running')
  if (newest.stoppedAt !== null && now - newest.stoppedAt < SETTLE_MS)
    throw new AppError('fan_out_running', {
      message: '刚刚停止发送，正在确认都通知到了谁，请10秒后再发更正。',
      retryAfterSeconds: SETTLE_MS / 1000,
    })
}

/** Whether messages of this version are still being made or sent. */
export async function sendsStill(
  reader: Parameters<typeof fanoutOfVersion>[0],
  ctx: Ctx,
  version: Pick<VersionRow, 'noticeId' | 'version' | 'state' | 'bulkId'>,
): Promise<boolean> {
  if (version.state !== 'published' || version.bulkId === null) return false
  const fanout = await fanoutOfVersion(reader, version.noticeId, version.version)
  if (fanout?.state === 'running') return true
  const progress = await bulkProgress(reader, ctx, version.bulkId)
  return progress !== null && progress.state !== 'stopped' && progress.waiting > 0
}

/** Before the transaction: whether all of the audience lies where this person may publish. Errors: not_found, forbidden. */
export async function assertInCharge(ctx: Ctx, noticeId: string, reach: DeskReach): Promise<void> {
  const { reader } = ctx.db
  const notice = await findNotice(reader, noticeId)
  if (!notice || !sees(reach, notice, await areasOf(reader, [noticeId]))) throw new AppError('not_found')
  if (reach.pieces !== null) await assertMayPublishTo(ctx, await audienceOf(reader, noticeId))
}
