import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { VersionRow } from './entities'
import { assertInCharge, lockForChange } from './lock-notice'
import { newestPreviews } from './preview-store'
import { publishVersion } from './publish-version'
import type { NoticeDeskRow, PreviewView } from './schema'
import { deskReach } from './scope'
import { isSecondPerson } from './states'
import { changeVersion } from './store'
import { answer, assertSayable, handOn, leadOf } from './submit-notice'

/**
 * The second person agrees, and it is published, or waits for its hour. Errors: own_notice for whoever wrote it or
 * handed it in; lead_reason_needed when it became too late meanwhile and nobody said why; invalid_input when its end
 * has passed; not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function approveNotice(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number },
): Promise<{ notice: NoticeDeskRow }> {
  const { id: staffId } = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  await inTransaction(ctx, async (tx) => {
    const { notice, newest } = await lockForChange(tx, ctx, { ...input, act: 'approve', reach })
    if (!isSecondPerson(newest, staffId)) throw new AppError('own_notice')
    const now = ctx.clock.now()
    const publishAt = newest.publishAt !== null && newest.publishAt > now ? newest.publishAt : null
    assertSayable(notice, newest, publishAt ?? now)
    const lead = leadOf(ctx, notice, newest, publishAt ?? now)
    if (lead.broken && newest.leadReason === null)
      throw new AppError('lead_reason_needed', { message: `${lead.rule ?? ''}请退回，让拟稿人写明原因。` })
    const approved = { approvedBy: staffId, approvedAt: now, leadRule: lead.rule, publishAt }
    const version: VersionRow = { ...newest, ...approved }
    await changeVersion(tx, newest.id, approved)
    if (publishAt !== null) return handOn(tx, { notice, version, state: 'scheduled', now })
    const preview = (await newestPreviews(tx, [notice.id])).get(notice.id)
    const expected = preview?.result ? (JSON.parse(preview.result) as PreviewView).residents : 0
    return publishVersion(tx, ctx, { notice, version, expected })
  })
  return answer(ctx, input.noticeId)
}
