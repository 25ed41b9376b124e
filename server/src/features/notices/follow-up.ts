import { inTransaction, type Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { stopBulk } from '../notifications'
import type { NoticeRow, VersionRow } from './entities'
import { stopFanOut } from './fan-out'
import { fanoutOfVersion } from './fan-out-store'
import { assertInCharge, type LockedNotice, lockForChange, sendsStill } from './lock-notice'
import { publishVersion } from './publish-version'
import { isWaitingCorrection } from './states'
import type { ChangeKind, NoticeAct, NoticeDeskRow } from './schema'
import { deskReach } from './scope'
import { changeNotice, changeVersion, insertVersion } from './store'
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

const OVERTAKEN = '之后又发布了新的版本，这条更正没有发出；还需要更正的，请再写一条。'

/**
 * Says a further version of a notice at once. The version before stays word for word as it was; its messages that have
 * not left yet are taken back, because nobody shall read the old after the new. `make` judges and words it under the
 * lock. A correction for more people than one person may publish to waits for a second person; nothing else does
 * (docs/decisions/0017).
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
    // A city is counted once, for the preview; whom the last version reached is as many as this one will.
    const expected = before === null ? 0 : Math.max(before.expected, before.residents)
    const version = versionOf(ctx, locked, { last, said, staffId })
    if (said.said === 'correction' && expected > ctx.config.notices.approvalAboveResidents) {
      await insertVersion(tx, { ...version, state: 'waiting' })
      return changeNotice(tx, locked.notice, { updatedAt: ctx.clock.now() })
    }
    if (isWaitingCorrection(locked.newest))
      await changeVersion(tx, locked.newest.id, { state: 'refused', refusedWords: OVERTAKEN })
    const overtook = await overtake(tx, ctx, last)
    await insertVersion(tx, version)
    await publishVersion(tx, ctx, {
      notice: locked.notice,
      version,
      expected,
      ...(overtook ? { walkAt: ctx.clock.now() + SETTLE_MS } : {}),
      patch: { ...saidBy(version), ...patch },
    })
  })
  return answer(ctx, asked.noticeId)
}

/** What the notice itself says once this version is out. */
export function saidBy({ title, reasonWords, startsAt, endsAt }: VersionRow): Partial<NoticeRow> {
  return { title, reasonWords, startsAt, endsAt }
}

function versionOf(
  ctx: Ctx,
  { notice, newest }: LockedNotice,
  of: { readonly last: VersionRow; readonly said: Omit<FollowUp, 'patch'>; readonly staffId: string },
): VersionRow {
  const { last, said, staffId } = of
  return {
    id: ctx.ids.next(),
    noticeId: notice.id,
    version: newest.version + 1,
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
}

/** True when messages of that version were on their way, and are stopped now. */
async function overtake(tx: Tx, ctx: Ctx, last: VersionRow): Promise<boolean> {
  if (last.bulkId === null || !(await sendsStill(tx, ctx, last))) return false
  await stopFanOut(tx, ctx, last.noticeId, last.version)
  await stopBulk(tx, ctx, last.bulkId)
  return true
}
