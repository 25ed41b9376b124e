import type { Tx } from '../../core/db/database'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { audienceOf } from './audience'
import type { NoticeRow, VersionRow } from './entities'
import { startFanOut } from './fan-out'
import { collectCallsJob } from './collect-calls'
import { openBulkOf } from './messages-of'
import type { NoticeState } from './schema'
import { changeNotice, changeVersion } from './store'

const STATE_AFTER = {
  first: 'live',
  extended: 'live',
  restored: 'restored',
  cancelled: 'cancelled',
  correction: null,
} as const satisfies Record<VersionRow['said'], NoticeState | null>

/**
 * Publishes a version, in the caller's transaction and under the notice's lock: version, notice, bulk and fan-out
 * are one. The row of the version must be in the database already. `expected` is what the preview counted.
 */
export async function publishVersion(
  tx: Tx,
  ctx: Ctx,
  published: {
    readonly notice: NoticeRow
    readonly version: VersionRow
    readonly expected: number
    /** When those who were told are looked for, where the version before was stopped just now. */
    readonly walkAt?: number
    /** Further fields of the notice that this version changes. */
    readonly patch?: Partial<Omit<NoticeRow, 'id' | 'revision'>>
  },
): Promise<void> {
  const now = ctx.clock.now()
  const { version } = published
  const patch = published.patch ?? {}
  const cutSince =
    version.said === 'first' && published.notice.cutsSupply === 1
      ? (version.startsAt ?? now)
      : published.notice.cutSince
  const notice: NoticeRow = { ...published.notice, ...patch, cutSince, version: version.version }
  const { areas, householdIds } = await audienceOf(tx, notice.id)
  const bulkId = await openBulkOf(tx, ctx, {
    notice,
    version,
    areaNames: areas.map(({ fullName }) => fullName),
    named: householdIds.length,
  })
  await changeVersion(tx, version.id, { state: 'published', publishedAt: now, bulkId })
  await changeNotice(tx, published.notice, {
    ...patch,
    state: STATE_AFTER[version.said] ?? notice.state,
    version: version.version,
    cutSince,
    updatedAt: now,
  })
  await startFanOut(tx, ctx, {
    noticeId: notice.id,
    version: version.version,
    bulkId,
    // Nobody hears of the end of something that they were not told of.
    reach: version.said === 'correction' || version.said === 'cancelled' ? 'told' : 'covered',
    expected: published.expected,
    ...(published.walkAt === undefined ? {} : { walkAt: published.walkAt }),
  })
  if (version.said === 'first' && notice.cutsSupply === 1)
    await enqueue(tx, ctx, collectCallsJob, { noticeId: notice.id }, { key: version.id })
}
