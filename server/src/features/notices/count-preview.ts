import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { deskHouseholds, placesOfHouseholds } from '../households'
import { reachOf, textCostFen } from '../notifications'
import {
  type Audience,
  audienceOf,
  countAudience,
  markedOfNotice,
  membersOfNotice,
  sampleAudience,
} from './audience'
import type { NoticeRow, PreviewRow, VersionRow } from './entities'
import { factsOf, templateOf, urgencyOf } from './messages-of'
import { endPreview, findPreview } from './preview-store'
import type { PreviewView } from './schema'
import { SeenIds } from './seen-ids'
import { findNotice, unknownAccounts, versionsOf } from './store'
import { leadOf } from './submit-notice'
import { areaWords } from './words'

/** What a count keeps; the state and whether it is broken stand in the row. */
export type Counted = Omit<PreviewView, 'state' | 'revision' | 'countedAt'>

const PAGE = 2000
const SAMPLE = 20
const UNKNOWN_SHOWN = 100

/** Counts whom a draft reaches: every household and every resident once, by the channel that would be tried first. */
export async function countPreview(ctx: Ctx, notice: NoticeRow, version: VersionRow): Promise<Counted> {
  const { reader } = ctx.db
  const audience = await audienceOf(reader, notice.id)
  const counts = await countAudience(reader, audience)
  const channels = await countChannels(ctx, notice, version, audience)
  const unknown = await unknownAccounts(reader, notice.id)
  const lead = leadOf(ctx, notice, version, ctx.clock.now())
  return {
    ...counts,
    channels,
    costFen: channels.reduce((sum, { costFen }) => sum + costFen, 0),
    unknownAccounts: unknown.slice(0, UNKNOWN_SHOWN),
    unknownCount: unknown.length,
    sample: await sampleOf(ctx, await sampleAudience(reader, audience, SAMPLE)),
    calls: notice.cutsSupply === 1 ? (await markedOfNotice(reader, notice.id, ctx.clock.now())).length : 0,
    lead,
    needsApproval: counts.residents > ctx.config.notices.approvalAboveResidents,
  }
}

async function countChannels(
  ctx: Ctx,
  notice: NoticeRow,
  version: VersionRow,
  { areas, householdIds }: Audience,
): Promise<Counted['channels']> {
  const { reader } = ctx.db
  const template = templateOf(notice.kind, version.said)
  const about = { companyId: notice.companyId, urgency: urgencyOf(notice.kind, version.said) }
  const seen = new SeenIds()
  const counts = new Map<string, number>()
  for await (const members of membersOfNotice(reader, notice.id, PAGE)) {
    const fresh = [...new Set(members.map(({ residentId }) => residentId))].filter((id) => seen.add(id))
    if (fresh.length === 0) continue
    for (const channel of (await reachOf(reader, ctx, template, fresh, about)).values())
      counts.set(channel, (counts.get(channel) ?? 0) + 1)
  }
  const areaNames = areas.map(({ fullName }) => fullName)
  const facts = factsOf(ctx, { notice, version, areaNames, named: householdIds.length })
  // Addresses differ in length by little; this one is as long as most.
  const textFen = textCostFen(ctx, template, { ...facts, household: '松海园 41-6-404' })
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([channel, residents]) => ({
      channel,
      residents,
      costFen: channel === 'sms' ? residents * textFen : 0,
    }))
}

/** Down to the unit, so that a wrong building is seen; the door is nobody's business here. */
async function sampleOf(ctx: Ctx, householdIds: readonly string[]): Promise<Counted['sample']> {
  const households = await deskHouseholds(ctx, householdIds)
  const places = await placesOfHouseholds(ctx.db.reader, householdIds)
  return [...households.values()].map(({ id, accountNoMasked, addressMasked }) => {
    const place = places.get(id)
    return { accountNoMasked, address: place ? areaWords(place.fullName) : addressMasked }
  })
}

/** Ends a count that was asked for; a revision that is no longer the newest is not counted any more. */
export async function finishPreview(
  ctx: Ctx,
  asked: Pick<PreviewRow, 'noticeId' | 'revision'>,
): Promise<void> {
  const { reader } = ctx.db
  const row = await findPreview(reader, asked.noticeId, asked.revision)
  const notice = await findNotice(reader, asked.noticeId)
  const version = (await versionsOf(reader, [asked.noticeId])).at(-1)
  if (!row || row.state !== 'counting' || !notice || !version) return
  const isCurrent = notice.revision === asked.revision
  const result = isCurrent ? JSON.stringify(await countPreview(ctx, notice, version)) : null
  // Only what was counted while nobody changed the draft is a count of this revision.
  const after = await findNotice(reader, asked.noticeId)
  const state = result !== null && after?.revision === asked.revision ? 'done' : 'failed'
  const finishedAt = ctx.clock.now()
  await inTransaction(ctx, (tx) => endPreview(tx, row.id, { state, result, finishedAt }))
}

const TRIES = 3

/** Counts for a job; when the last try fails the publisher is told, and may ask again. */
async function countForJob(
  ctx: Ctx,
  asked: Pick<PreviewRow, 'noticeId' | 'revision'>,
  attempt: number,
): Promise<void> {
  try {
    await finishPreview(ctx, asked)
  } catch (error) {
    const row = await findPreview(ctx.db.reader, asked.noticeId, asked.revision)
    const end = { state: 'failed' as const, result: null, finishedAt: ctx.clock.now() }
    if (attempt >= TRIES && row) await inTransaction(ctx, (tx) => endPreview(tx, row.id, end))
    throw error
  }
}

export const countPreviewJob = defineJob({
  name: 'notices.count-preview',
  payload: z.strictObject({ noticeId: z.string(), revision: z.int() }),
  maxAttempts: TRIES,
  // A city of a million households takes a few minutes.
  timeoutMs: 900_000,
  backoffMs: backoff(2_000, 30_000),
  run: (ctx, asked, job) => countForJob(ctx, asked, job.attempt),
})
