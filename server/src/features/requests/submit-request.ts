import { recordAudit } from '../../core/audit'
import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { currentCatalogue, type ServiceType, serviceTypeOf } from '../catalogue'
import { actsFor, noteActedFor } from '../family'
import { checkText } from '../files'
import { assertReached } from '../households'
import { hasConsent, lockResident } from '../identity'
import { residentActor } from './actor'
import type { Answers } from './answers'
import { createRequest, type NewRequest } from './create-request'
import type { RequestRow } from './entities'
import { joinNotice } from './join-notice'
import { knownContact } from './known-contact'
import { outagesBehind } from './known-outages'
import { myIds } from './own-request'
import { countMadeSince } from './resident-store'
import { termsOf } from './run-clocks'

export interface SubmitInput {
  readonly companyId: string
  readonly typeId: string
  readonly catalogueVersion: number
  readonly householdId?: string | undefined
  readonly addressText?: string | undefined
  readonly place?: { readonly latE6: number; readonly lngE6: number; readonly words: string } | undefined
  readonly words: string
  readonly answers: Answers
  readonly fileIds: readonly string[]
  readonly contactName?: string | undefined
  readonly contactPhone?: string | undefined
  readonly holdId?: string | undefined
  /** The outage that it is part of. */
  readonly noticeId?: string | undefined
  readonly anonymous: boolean
  readonly onBehalfOf?: string | undefined
  readonly dangerSeen: boolean
}

/**
 * A resident's request. Its promises begin with it. Errors: not_found for a household that is neither bound nor visited, or a type that
 * is gone, move_not_allowed for what has a page of its own, danger_not_seen, consent_needed, words_refused, request_limit, slot_gone, files_not_ready, invalid_input.
 */
export async function submitRequest(ctx: Ctx, input: SubmitInput): Promise<RequestRow> {
  const resident = residentOf(ctx)
  companyOf(ctx, input.companyId)
  // Where a telephone is, is asked apart from everything else; without it an address in words does as well.
  if (input.place !== undefined && !(await hasConsent(ctx, resident.id, 'location')))
    throw new AppError('consent_needed')
  const householdId = input.householdId ?? null
  const reached = householdId === null ? null : await assertReached(ctx, resident.id, [householdId])
  const codeId = (householdId === null ? null : reached?.get(householdId)) ?? null
  // Guests are as many as they like; the household whose code they hold is one.
  if (codeId !== null)
    await ctx.limiter.take(
      `code-reports:${householdId}`,
      { limit: ctx.config.codes.reportsPerDay, windowMs: DAY_MS },
      'request_limit',
    )
  const isElsewhere = Boolean(input.onBehalfOf) && householdId === null
  if (isElsewhere && !input.contactPhone)
    throw new AppError('invalid_input', {
      message: '帮家人提交时，请选家人的户号，或填家人的电话。',
      fields: [{ path: 'contactPhone', message: '请填写家人的电话' }],
    })
  const type = await knownType(ctx, input)
  if (input.noticeId !== undefined) await assertOutage(ctx, type, householdId, input.noticeId)
  const wordsFlagged = await judgeWords(ctx, saidIn(input))
  const residentIds = await myIds(ctx)
  const known = await knownContact(ctx, { residentIds, householdId })
  const behalf = householdId === null ? null : await actsFor(ctx, resident.id, householdId)
  return inTransaction(ctx, async (tx) => {
    await takePlaceOfDay(tx, ctx, residentIds)
    const { row } = await createRequest(tx, ctx, {
      ...draftOf(input),
      onBehalfOf: input.onBehalfOf || behalf,
      codeId,
      channel: resident.channel,
      by: residentActor(resident.id),
      residentId: resident.id,
      contactName: input.contactName || (isElsewhere ? (input.onBehalfOf ?? null) : known.name),
      contactPhone: input.contactPhone || known.phone,
      wordsFlagged,
    })
    await recordAudit(tx, ctx, {
      action: 'requests.submit',
      object: `request:${row.id}`,
      detail: { companyId: row.companyId, typeId: row.typeId, anonymous: input.anonymous },
    })
    if (householdId !== null)
      await noteActedFor(tx, ctx, {
        residentId: resident.id,
        householdId,
        what: 'request',
        object: `request:${row.id}`,
      })
    if (input.noticeId === undefined) return row
    return joinNotice(tx, ctx, { request: row, noticeId: input.noticeId, by: residentActor(resident.id) })
  })
}

function draftOf(
  input: SubmitInput,
): Omit<
  NewRequest,
  'channel' | 'by' | 'residentId' | 'contactName' | 'contactPhone' | 'wordsFlagged' | 'codeId'
> {
  return {
    companyId: input.companyId,
    typeId: input.typeId,
    catalogueVersion: input.catalogueVersion,
    householdId: input.householdId ?? null,
    addressText: input.addressText || null,
    place: input.place ?? null,
    words: input.words,
    answers: input.answers,
    fileIds: input.fileIds,
    onBehalfOf: input.onBehalfOf || null,
    anonymous: input.anonymous,
    holdId: input.holdId ?? null,
    followsUpId: null,
    withLink: false,
  }
}

/** The version of the form counts, as long as the company still takes this type; a danger must have been read about. */
async function knownType(ctx: Ctx, input: SubmitInput): Promise<ServiceType> {
  const current = await currentCatalogue(ctx, input.companyId)
  const taken = serviceTypeOf(current.body, input.typeId)
  if (!taken) throw new AppError('not_found', { message: '这个服务类型已经变了，请返回重新选。' })
  assertNoOwnPage(taken)
  const { type } = await termsOf(ctx, input)
  if (type.stopper && !input.dangerSeen) throw new AppError('danger_not_seen')
  return type
}

/**
 * On a page of its own the fee and what follows are shown before anybody consents; a form that was open before leads
 * there, too. Errors: move_not_allowed.
 */
export function assertNoOwnPage({ name, page }: ServiceType): void {
  if (page === 'heat')
    throw new AppError('move_not_allowed', { message: `${name}请到“供热服务”里申请，先看费用再提交。` })
}

/** Only an outage that covers the household now, and that a request of this type may be part of. Errors: notice_over. */
async function assertOutage(
  ctx: Ctx,
  type: ServiceType,
  householdId: string | null,
  noticeId: string,
): Promise<void> {
  const outages = await outagesBehind(ctx, type, householdId)
  if (!outages.some((outage) => outage.noticeId === noticeId)) throw new AppError('notice_over')
}

function saidIn(input: SubmitInput): string {
  const answers = Object.values(input.answers).filter((answer) => typeof answer === 'string')
  return [input.words, input.addressText, input.place?.words, ...answers].filter(Boolean).join('\n')
}

/**
 * Whether a person must look at these words; answers false when nobody need. No transaction may be open. Errors:
 * words_refused.
 */
export async function judgeWords(ctx: Ctx, text: string): Promise<boolean> {
  const { id, channel } = residentOf(ctx)
  const verdict = await checkText(ctx, { residentId: id, channel, text })
  if (verdict === 'risky') throw new AppError('words_refused')
  return verdict === 'review'
}

/** Counted under the resident's lock, so that parallel requests cannot slip through together. Errors: request_limit. */
export async function takePlaceOfDay(tx: Tx, ctx: Ctx, residentIds: readonly string[]): Promise<void> {
  const [living] = residentIds
  if (living !== undefined) await lockResident(tx, living)
  const dayStart = shanghaiDayStart(shanghaiDay(ctx.clock.now()))
  if ((await countMadeSince(tx, residentIds, dayStart)) >= ctx.config.requests.perDay)
    throw new AppError('request_limit')
}
