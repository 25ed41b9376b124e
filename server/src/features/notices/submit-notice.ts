import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { checkLead, type LeadVerdict } from './check-lead'
import type { NoticeRow, PreviewRow, VersionRow } from './entities'
import { packFor } from './lead-rules'
import { assertInCharge, lockForChange } from './lock-notice'
import { findPreview } from './preview-store'
import { presentDeskRow } from './present-desk'
import { publishVersion } from './publish-version'
import type { NoticeDeskRow, PreviewView } from './schema'
import { deskReach } from './scope'
import { changeNotice, changeVersion, findNotice } from './store'

export interface SubmitInput {
  readonly noticeId: string
  readonly revision: number
  readonly expectedResidents: number
  readonly leadReason?: string | undefined
  readonly publishAt?: number | undefined
}

/**
 * Publishes a draft now or at a time, or hands it to a second person where it reaches many. Errors: preview_needed
 * unless this very revision was counted and the publisher saw that number; lead_reason_needed; invalid_input;
 * not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function submitNotice(ctx: Ctx, input: SubmitInput): Promise<{ notice: NoticeDeskRow }> {
  const { id: staffId } = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  await inTransaction(ctx, async (tx) => {
    const { notice, newest } = await lockForChange(tx, ctx, { ...input, act: 'submit', reach })
    const now = ctx.clock.now()
    const counted = countedOf(await findPreview(tx, notice.id, notice.revision), input.expectedResidents)
    const publishAt = publishTime(input.publishAt, now)
    assertSayable(notice, newest, publishAt ?? now)
    const lead = leadOf(ctx, notice, newest, publishAt ?? now)
    const leadReason = lead.broken ? (input.leadReason ?? null) : null
    if (lead.broken && leadReason === null)
      throw new AppError('lead_reason_needed', { message: `${lead.rule ?? ''}请写明原因再发布。` })
    const version = {
      ...newest,
      submittedBy: staffId,
      leadRule: lead.rule,
      leadReason,
      publishAt,
      refusedWords: null,
    }
    await changeVersion(tx, newest.id, {
      submittedBy: staffId,
      leadRule: lead.rule,
      leadReason,
      publishAt,
      refusedWords: null,
    })
    if (counted.needsApproval) await handOn(tx, { notice, version, state: 'waiting', now })
    else if (publishAt !== null) await handOn(tx, { notice, version, state: 'scheduled', now })
    else await publishVersion(tx, ctx, { notice, version, expected: counted.residents })
  })
  return answer(ctx, input.noticeId)
}

/** A version and its notice wait together: for a second person, or for their hour. */
export async function handOn(
  tx: Parameters<typeof changeNotice>[0],
  to: {
    readonly notice: NoticeRow
    readonly version: VersionRow
    readonly state: 'waiting' | 'scheduled'
    readonly now: number
  },
): Promise<void> {
  await changeVersion(tx, to.version.id, { state: to.state })
  await changeNotice(tx, to.notice, { state: to.state, updatedAt: to.now })
}

/** The row of the desk after an act. */
export async function answer(ctx: Ctx, noticeId: string): Promise<{ notice: NoticeDeskRow }> {
  const notice = await findNotice(ctx.db.reader, noticeId)
  if (!notice) throw new AppError('not_found')
  return { notice: await presentDeskRow(ctx, notice) }
}

function countedOf(preview: PreviewRow | null, expected: number): PreviewView {
  if (preview?.state !== 'done' || preview.result === null) throw new AppError('preview_needed')
  const counted = JSON.parse(preview.result) as PreviewView
  if (counted.residents !== expected)
    throw new AppError('preview_needed', {
      message: `要通知的人数是${counted.residents}人，和您看到的${expected}人不同；请刷新预览，看清再发布。`,
    })
  if (counted.households === 0)
    throw new AppError('invalid_input', {
      message: '这个范围里一户也没有，请重新选择。',
      fields: [{ path: 'audience', message: '范围里没有用户' }],
    })
  return counted
}

function publishTime(asked: number | undefined, now: number): number | null {
  return asked === undefined || asked <= now ? null : asked
}

/** What residents would ask at once must be in it. */
export function assertSayable(
  notice: Pick<NoticeRow, 'kind'>,
  { startsAt, endsAt }: Pick<VersionRow, 'startsAt' | 'endsAt'>,
  toldAt: number,
): void {
  const fields: { path: string; message: string }[] = []
  if (notice.kind === 'planned' && startsAt === null)
    fields.push({ path: 'startsAt', message: '请写明从什么时候停' })
  if (notice.kind === 'planned' && endsAt === null)
    fields.push({ path: 'endsAt', message: '请写明预计什么时候恢复' })
  if (endsAt !== null && endsAt <= toldAt) fields.push({ path: 'endsAt', message: '发布时已经过了结束时间' })
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
}

/** What the city's rule says of this version, told at that time. */
export function leadOf(
  ctx: Ctx,
  notice: Pick<NoticeRow, 'companyId' | 'kind' | 'cutsSupply'>,
  version: Pick<VersionRow, 'startsAt' | 'endsAt'>,
  toldAt: number,
): LeadVerdict {
  const company = companyOf(ctx, notice.companyId)
  const city = ctx.config.notices.cities[company.id] ?? null
  const pack = packFor({ kind: company.kind, city, at: toldAt })
  const { startsAt, endsAt } = version
  return checkLead(pack, { kind: notice.kind, cutsSupply: notice.cutsSupply === 1, startsAt, endsAt }, toldAt)
}
