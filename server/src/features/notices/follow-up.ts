import { inTransaction, type Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { stopBulk } from '../notifications'
import type { NoticeRow, VersionRow } from './entities'
import { stopFanOut } from './fan-out'
import { fanoutOfVersion } from './fan-out-store'
import { assertInCharge, type LockedNotice, lockForChange, sendsStill } from './lock-notice'
import { publishVersion } from './publish-version'
import type { ChangeKind, NoticeAct, NoticeDeskRow } from './schema'
import { deskReach } from './scope'
import { insertVersion } from './store'
import { answer } from './submit-notice'

interface FollowUp {
  readonly said: ChangeKind
  readonly title: string
  readonly words: string
  /** What is different, in words, for whoever knows the version before. */
  readonly changed: string
  readonly startsAt?: number | null
  readonly endsAt?: number | null
  readonly reasonWords?: string
  readonly patch?: Partial<Omit<NoticeRow, 'id' | 'revision'>>
}

/** What was under way when sending was stopped has its answer after so long. */
const SETTLE_MS = 10_000

/**
 * Says a further version of a notice at once. The version before stays word for word as it was; its messages that have
 * not left yet are taken back, because nobody shall read the old after the new. `make` judges and words it under the
 * lock.
 * Errors: those of lockForChange and assertInCharge, and whatever `make` throws.
 */
export async function sayFurther(
  ctx: Ctx,
  asked: { readonly noticeId: string; readonly revision: number; readonly act: NoticeAct },
  make: (locked: LockedNotice, last: VersionRow) => FollowUp,
): Promise<{ notice: NoticeDeskRow }> {
  const { id: staffId } = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, asked.noticeId, reach)
  await inTransaction(ctx, async (tx) => {
    const locked = await lockForChange(tx, ctx, { ...asked, reach })
    const last = locked.versions.findLast(({ state }) => state === 'published') ?? locked.newest
    const { patch = {}, ...said } = make(locked, last)
    const before = await fanoutOfVersion(tx, last.noticeId, last.version)
    const overtook = await overtake(tx, ctx, last)
    const version: VersionRow = {
      id: ctx.ids.next(),
      noticeId: locked.notice.id,
      version: locked.newest.version + 1,
      state: 'draft',
      reasonWords: last.reasonWords,
      startsAt: last.startsAt,
      endsAt: last.endsAt,
      ...said,
      leadRule: null,
      leadReason: null,
      publishAt: null,
      createdBy: staffId,
      submittedBy: staffId,
      approvedBy: null,
      approvedAt: null,
      refusedWords: null,
      publishedAt: null,
      stoppedAt: null,
      stoppedBy: null,
      bulkId: null,
      createdAt: ctx.clock.now(),
    }
    await insertVersion(tx, version)
    const { title, reasonWords, startsAt, endsAt } = version
    await publishVersion(tx, ctx, {
      notice: locked.notice,
      version,
      // A city is counted once, for the preview; whom the last version reached is as many as this one will.
      expected: before === null ? 0 : Math.max(before.expected, before.residents),
      ...(overtook ? { walkAt: ctx.clock.now() + SETTLE_MS } : {}),
      patch: { title, reasonWords, startsAt, endsAt, ...patch },
    })
  })
  return answer(ctx, asked.noticeId)
}

/** True when messages of that version were on their way, and are stopped now. */
async function overtake(tx: Tx, ctx: Ctx, last: VersionRow): Promise<boolean> {
  if (last.bulkId === null || !(await sendsStill(tx, ctx, last))) return false
  await stopFanOut(tx, ctx, last.noticeId, last.version)
  await stopBulk(tx, ctx, last.bulkId)
  return true
}
