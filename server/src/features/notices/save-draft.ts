import { type CompanyConfig, companyOf } from '../../core/config/companies'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { householdIdsOfAccounts } from '../households'
import { type AudienceArea } from './audience-store'
import { resolveAudience } from './audience'
import type { NoticeRow, VersionRow } from './entities'
import { assertInCharge, lockForChange } from './lock-notice'
import { takeNumber } from './number-store'
import { presentDeskRow } from './present-desk'
import type { DraftInput, NoticeDeskRow } from './schema'
import { assertMayPublishTo, type DeskReach, deskReach } from './scope'
import { changeNotice, changeVersion, findNotice, insertNotice, replaceAudience } from './store'
import { takeSuggestion } from './suggestion-store'

export type SaveDraftInput = DraftInput & {
  readonly noticeId?: string | undefined
  readonly revision?: number | undefined
  readonly suggestionId?: string | undefined
}

interface Named {
  readonly areas: readonly AudienceArea[]
  readonly householdIds: readonly string[]
  readonly unknown: readonly string[]
}

const URGENCY = { emergency: 0, planned: 1, general: 2 } as const

/**
 * Makes a draft, or changes one that nobody was told of. What was handed in or scheduled becomes a draft again, so
 * that nobody publishes what a second person did not see. Errors: not_found, forbidden, invalid_input,
 * notice_changed, move_not_allowed.
 */
export async function saveDraft(ctx: Ctx, input: SaveDraftInput): Promise<{ notice: NoticeDeskRow }> {
  const staff = staffOf(ctx)
  const reach = await deskReach(ctx)
  const company = companyOf(ctx, input.companyId)
  if (reach.companies !== null && !reach.companies.includes(company.id)) throw new AppError('not_found')
  assertWhole(input)
  const named = await resolve(ctx, input)
  await assertMayPublishTo(ctx, named)
  if (input.noticeId !== undefined) await assertInCharge(ctx, input.noticeId, reach)
  const id = await inTransaction(ctx, (tx) =>
    input.noticeId === undefined
      ? insertDraft(tx, ctx, input, { staffId: staff.id, named, kind: company.kind })
      : updateDraft(
          tx,
          ctx,
          { ...input, noticeId: input.noticeId },
          { staffId: staff.id, named, reach, kind: company.kind },
        ),
  )
  const notice = await findNotice(ctx.db.reader, id)
  if (!notice) throw new AppError('not_found')
  return { notice: await presentDeskRow(ctx, notice) }
}

/** What each field allows by itself and not together. */
function assertWhole(input: SaveDraftInput): void {
  const fields: { path: string; message: string }[] = []
  if (input.kind === 'general' && input.cutsSupply)
    fields.push({ path: 'cutsSupply', message: '公告不停供；要停供请选计划或突发' })
  if (input.startsAt !== null && input.endsAt !== null && input.endsAt <= input.startsAt)
    fields.push({ path: 'endsAt', message: '结束时间要晚于开始时间' })
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
}

async function resolve(ctx: Ctx, { companyId, audience }: DraftInput): Promise<Named> {
  const { areas } = await resolveAudience(ctx, companyId, { areaIds: audience.areaIds, accountNos: [] })
  const found = await householdIdsOfAccounts(ctx.db.reader, companyId, audience.accountNos)
  return { areas, householdIds: found.householdIds, unknown: found.unknown }
}

/** What the form says, for the notice and for its version. */
function factsOf(input: DraftInput, now: number) {
  const said = {
    title: input.title,
    reasonWords: input.reasonWords,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
  }
  const notice = {
    ...said,
    kind: input.kind,
    phone: input.phone,
    cutsSupply: input.cutsSupply ? 1 : 0,
    urgency: URGENCY[input.kind],
    updatedAt: now,
  }
  return { notice, version: { ...said, words: input.words } }
}

async function insertDraft(
  tx: Tx,
  ctx: Ctx,
  input: SaveDraftInput,
  by: { readonly staffId: string; readonly named: Named; readonly kind: CompanyConfig['kind'] },
): Promise<string> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const facts = factsOf(input, now)
  if (input.suggestionId !== undefined)
    await takeSuggestion(tx, {
      id: input.suggestionId,
      companyId: input.companyId,
      noticeId: id,
      staffId: by.staffId,
    })
  const number = await takeNumber(tx, ctx, { kind: input.kind, company: { kind: by.kind } })
  const notice: NoticeRow = {
    id,
    companyId: input.companyId,
    number,
    ...facts.notice,
    state: 'draft',
    revision: 1,
    version: 0,
    restoredAt: null,
    cutSince: null,
    requestsClosedAt: null,
    minutesKeptAt: null,
    mergedRequests: 0,
    suggestionId: input.suggestionId ?? null,
    createdBy: by.staffId,
    createdAt: now,
  }
  await insertNotice(tx, notice, firstVersion(ctx, id, facts.version, by.staffId))
  await replaceAudience(tx, id, rowsOf(id, by.named))
  return id
}

type Said = Pick<VersionRow, 'title' | 'words' | 'reasonWords' | 'startsAt' | 'endsAt'>

function firstVersion(ctx: Ctx, noticeId: string, said: Said, staffId: string): VersionRow {
  return {
    id: ctx.ids.next(),
    noticeId,
    version: 1,
    said: 'first',
    state: 'draft',
    ...said,
    changed: '',
    leadRule: null,
    leadReason: null,
    publishAt: null,
    createdBy: staffId,
    submittedBy: null,
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

function rowsOf(noticeId: string, named: Named) {
  return { ...named, areas: named.areas.map((area) => ({ noticeId, ...area })) }
}

async function updateDraft(
  tx: Tx,
  ctx: Ctx,
  input: SaveDraftInput & { readonly noticeId: string },
  by: {
    readonly staffId: string
    readonly named: Named
    readonly reach: DeskReach
    readonly kind: CompanyConfig['kind']
  },
): Promise<string> {
  const { noticeId, revision = 0 } = input
  const { notice, newest } = await lockForChange(tx, ctx, {
    noticeId,
    revision,
    act: 'save',
    reach: by.reach,
  })
  // The number on it and who sees it belong to the company.
  if (notice.companyId !== input.companyId) throw new AppError('not_found')
  const facts = factsOf(input, ctx.clock.now())
  // Its letters say whether supply stops.
  const keepsNumber = (input.kind === 'general') === (notice.kind === 'general')
  const number = keepsNumber
    ? notice.number
    : await takeNumber(tx, ctx, { kind: input.kind, company: { kind: by.kind } })
  await changeNotice(tx, notice, { ...facts.notice, number, state: 'draft' })
  await changeVersion(tx, newest.id, {
    ...facts.version,
    state: 'draft',
    createdBy: by.staffId,
    submittedBy: null,
    leadRule: null,
    leadReason: null,
    publishAt: null,
  })
  await replaceAudience(tx, noticeId, rowsOf(noticeId, by.named))
  return noticeId
}
