import { inTransaction, isDuplicate, type Reader } from '../../core/db/database'
import { enqueue } from '../../core/jobs/define'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { AUDIENCE_START, type AudiencePage, type AudiencePosition, nextMembers, walkOf } from './audience'
import { countPreviewJob, finishPreview } from './count-preview'
import { assertInCharge, lockForChange } from './lock-notice'
import { findPreview, insertPreview, recount } from './preview-store'
import { readPreview } from './read-preview'
import type { PreviewView } from './schema'
import { deskReach } from './scope'

/** A count that has not ended after this is not going to. */
const CUT_OFF_MS = 3_600_000

/**
 * Counts whom this revision of a draft reaches: at once where they are few, by a job where they are a town. Errors:
 * not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function previewNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number },
): Promise<{ preview: PreviewView }> {
  const { reader } = ctx.db
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  const isSmall = await hasAtMost(reader, input.noticeId, ctx.config.notices.countAtOnceHouseholds)
  await inTransaction(ctx, async (tx) => {
    const { notice } = await lockForChange(tx, ctx, { ...input, act: 'save', reach })
    const now = ctx.clock.now()
    const before = await findPreview(tx, notice.id, notice.revision)
    const isUnderWay = before?.state === 'counting' && now - before.createdAt < CUT_OFF_MS
    if (isUnderWay && !isSmall) return
    // Who is bound and what a channel reaches changes while a draft lies, so asking again counts again.
    if (before) await recount(tx, before.id, now)
    else
      await insertPreview(tx, {
        id: ctx.ids.next(),
        noticeId: notice.id,
        revision: notice.revision,
        state: 'counting',
        result: null,
        createdAt: now,
        finishedAt: null,
      })
    if (!isSmall)
      await enqueue(
        tx,
        ctx,
        countPreviewJob,
        { noticeId: notice.id, revision: notice.revision },
        { key: `${notice.id}:${notice.revision}:${now}` },
      )
  }).catch((error: unknown) => {
    // Two clicks at once ask for the same count.
    if (!isDuplicate(error)) throw error
  })
  if (isSmall) await finishPreview(ctx, input)
  const preview = await readPreview(ctx, input)
  if (!preview) throw new AppError('not_found')
  return preview
}

/** Whether the audience ends within so many households; a city is known to be large after its first page. */
async function hasAtMost(reader: Reader, noticeId: string, most: number): Promise<boolean> {
  const audience = await walkOf(reader, { noticeId, reach: 'covered', earlierBulks: [] })
  let households = 0
  for (let at: AudiencePosition | null = AUDIENCE_START; at !== null && households <= most; ) {
    const page: AudiencePage = await nextMembers(reader, audience, at, most + 1)
    households += page.households
    at = page.next
  }
  return households <= most
}
