import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { staffByIds } from '../staff'
import { assertMayPublishTo, deskReach, sees } from './scope'
import { audienceOf } from './audience'
import type { NoticeRow, VersionRow } from './entities'
import { feedbackOf } from './figures-store'
import { sendsStill } from './lock-notice'
import { outageTotals } from './minutes'
import { presentDeskRow, presentDraft } from './present-desk'
import type { DeskNotice, NoticeAct } from './schema'
import { actsFor } from './states'
import { findNotice, versionsOf } from './store'
import { areaWords, CHANGE_WORDS } from './words'

/** One notice with its versions, and what this person may do with it now. Errors: not_found. */
export async function deskGetNotice(ctx: Ctx, input: { readonly noticeId: string }): Promise<DeskNotice> {
  const { reader } = ctx.db
  const reach = await deskReach(ctx)
  const notice = await findNotice(reader, input.noticeId)
  if (!notice) throw new AppError('not_found')
  const audience = await audienceOf(reader, notice.id)
  const areas = audience.areas.map((area) => ({ ...area, noticeId: notice.id }))
  if (!sees(reach, notice, areas)) throw new AppError('not_found')
  const versions = await versionsOf(reader, [notice.id])
  const newest = versions.at(-1)
  if (!newest) throw new Error(`notice ${notice.id} has no version`)
  const people = await staffByIds(
    reader,
    versions.flatMap(({ createdBy, approvedBy }) => [
      createdBy,
      ...(approvedBy === null ? [] : [approvedBy]),
    ]),
  )
  return {
    notice: await presentDeskRow(ctx, notice),
    // What was stopped, refused or still waits is not what it says.
    draft: await presentDraft(ctx, notice, versions.findLast(({ state }) => state === 'published') ?? newest),
    areas: audience.areas.map(({ areaId, tree, fullName }) => ({
      id: areaId,
      tree,
      fullName: areaWords(fullName),
    })),
    namedHouseholds: audience.householdIds.length,
    versions: versions.toReversed().map((version) => presentVersion(version, people)),
    acts: await actsOf(ctx, notice, newest, audience),
    outage: await outageTotals(reader, notice.id),
    feedback: await feedbackOf(reader, notice.id),
    mergedRequests: notice.mergedRequests,
  }
}

async function actsOf(
  ctx: Ctx,
  notice: NoticeRow,
  newest: VersionRow,
  audience: Parameters<typeof assertMayPublishTo>[1],
): Promise<NoticeAct[]> {
  const isSending = await sendsStill(ctx.db.reader, ctx, newest)
  const acts = actsFor(staffOf(ctx), notice, newest, { isSending, now: ctx.clock.now() })
  if (acts.length === 0) return acts
  const isInCharge = await assertMayPublishTo(ctx, audience).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError) return false
      throw error
    },
  )
  return isInCharge ? acts : []
}

function presentVersion(
  version: VersionRow,
  people: ReadonlyMap<string, { readonly name: string }>,
): DeskNotice['versions'][number] {
  const person = (id: string): { id: string; name: string } => ({
    id,
    name: people.get(id)?.name ?? '已停用的同事',
  })
  return {
    version: version.version,
    change: version.said,
    changeWords: CHANGE_WORDS[version.said],
    state: version.state,
    title: version.title,
    words: version.words,
    changed: version.changed,
    startsAt: version.startsAt,
    endsAt: version.endsAt,
    leadRule: version.leadRule,
    leadReason: version.leadReason,
    publishAt: version.publishAt,
    publishedAt: version.publishedAt,
    stoppedAt: version.stoppedAt,
    createdBy: person(version.createdBy),
    approvedBy: version.approvedBy === null ? null : person(version.approvedBy),
    refusedWords: version.refusedWords,
  }
}
