import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { newestPreviews } from './preview-store'
import { publishVersion } from './publish-version'
import type { PreviewView } from './schema'
import { changeNotice, changeVersion, dueVersions, lockNotice, versionsOf } from './store'

const AT_ONCE = 20
const MINUTE_MS = 60_000

/**
 * Publishes what was scheduled and whose hour has come, each in a transaction of its own and under the notice's lock,
 * so that it happens once however many processes look. What would come too late, because nothing ran meanwhile, goes
 * back to whoever wrote it (N22).
 */
export async function publishDue(ctx: Ctx): Promise<void> {
  for (const { noticeId } of await dueVersions(ctx.db.reader, ctx.clock.now(), AT_ONCE))
    await inTransaction(ctx, (tx) => publishOne(tx, ctx, noticeId)).catch((error: unknown) => {
      // The others are not kept waiting by one that cannot be published; it is tried again at the next turn.
      ctx.log.error({ noticeId, err: error }, 'notices.publish-due-failed')
    })
}

async function publishOne(tx: Tx, ctx: Ctx, noticeId: string): Promise<void> {
  const now = ctx.clock.now()
  const notice = await lockNotice(tx, noticeId)
  const version = (await versionsOf(tx, [noticeId])).at(-1)
  if (!notice || version?.state !== 'scheduled' || version.publishAt === null || version.publishAt > now)
    return
  const isOver = version.endsAt !== null && version.endsAt <= now
  const isLate = now - version.publishAt > ctx.config.notices.latePublishMinutes * MINUTE_MS
  if (isOver || isLate) {
    const words = isOver
      ? '到了发布时间没有发出：当时系统停着，现在已经过了结束时间，请重新确认。'
      : '到了发布时间没有发出：当时系统停着，已经晚了很久，请重新确认。'
    await changeVersion(tx, version.id, { state: 'refused', refusedWords: words, publishAt: null })
    await changeNotice(tx, notice, { state: 'draft', updatedAt: now })
    ctx.log.warn({ noticeId, publishAt: version.publishAt }, 'notices.published-too-late')
    return
  }
  const preview = (await newestPreviews(tx, [noticeId])).get(noticeId)
  const expected = preview?.result ? (JSON.parse(preview.result) as PreviewView).residents : 0
  await publishVersion(tx, ctx, { notice, version, expected })
}
