import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { VersionRow } from './entities'
import { assertInCharge, type LockedNotice, lockForChange } from './lock-notice'
import { newestPreviews } from './preview-store'
import { publishVersion } from './publish-version'
import type { NoticeDeskRow, PreviewView } from './schema'
import { deskReach } from './scope'
import { saidBy } from './follow-up'
import { fanoutOfVersion } from './fan-out-store'
import { isSecondPerson, isWaitingCorrection } from './states'
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
    const locked = await lockForChange(tx, ctx, { ...input, act: 'approve', reach })
    const { notice, newest } = locked
    if (!isSecondPerson(newest, staffId)) throw new AppError('own_notice')
    if (isWaitingCorrection(newest)) return approveCorrection(tx, ctx, locked, staffId)
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

/** Those who were told hear it now; its words are no promise of a time, so no lead-time rule is asked. */
async function approveCorrection(
  tx: Tx,
  ctx: Ctx,
  { notice, newest, versions }: LockedNotice,
  staffId: string,
): Promise<void> {
  const approved = { approvedBy: staffId, approvedAt: ctx.clock.now() }
  await changeVersion(tx, newest.id, approved)
  const version: VersionRow = { ...newest, ...approved }
  const last = versions.findLast(({ state }) => state === 'published')
  const before = last ? await fanoutOfVersion(tx, notice.id, last.version) : null
  const expected = before === null ? 0 : Math.max(before.expected, before.residents)
  await publishVersion(tx, ctx, { notice, version, expected, patch: saidBy(version) })
}
