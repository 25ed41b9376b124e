import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { confirmHold } from '../appointments'
import type { ServiceType } from '../catalogue'
import { filesByIds } from '../files'
import { householdsByIds, markComplained, type PlaceFacts, placesOfHouseholds } from '../households'
import type { Actor } from './actor'
import { addStep } from './add-step'
import { type Answers, checkedAnswers } from './answers'
import { insertClocks } from './clock-store'
import { nearest, type Visit } from './clocks'
import { phoneIndexOf, phoneTailIndexOf, sealContact } from './contact'
import { type ClockRow, NEVER_DUE, type RequestRow } from './entities'
import { takeNumber } from './number-store'
import { outagePlaceOf, watchForOutage } from './outage-place'
import { nearestClock, presentClocks } from './present-clocks'
import { areaClassOfRequest, freshClocks, type Terms, termsOf } from './run-clocks'
import { insertRequest } from './store'
import { tellResident } from './tell-people'

export interface NewRequest {
  readonly companyId: string
  readonly typeId: string
  /** The version that the form was made from. */
  readonly catalogueVersion: number
  /** Where it came in: wechat-mini, wechat-oa, alipay-mini …, phone, counter, 12345. */
  readonly channel: string
  readonly by: Actor
  /** Whose it is; null for a caller. That this person may speak for the household was checked by whoever calls. */
  readonly residentId: string | null
  readonly householdId: string | null
  readonly addressText: string | null
  readonly place: { readonly latE6: number; readonly lngE6: number; readonly words: string } | null
  readonly words: string
  readonly answers: Answers
  readonly fileIds: readonly string[]
  readonly contactName: string | null
  readonly contactPhone: string | null
  readonly onBehalfOf: string | null
  readonly anonymous: boolean
  readonly holdId: string | null
  readonly followsUpId: string | null
  /** The content check was not sure, or away: staff see it with a mark. */
  readonly wordsFlagged: boolean
  /** Not less urgent than this, whatever the type says. */
  readonly atLeast?: number
  /** What it is about is known, so the form's questions were not asked. */
  readonly isKnown?: boolean
  /** The household's code by which they came, where they have not bound it. */
  readonly codeId?: string | null
  /** Whether a follow-link is made, for somebody who has neither wallet. */
  readonly withLink: boolean
}

const MOST_FILES = { image: 6, voice: 1, video: 1 } as const

/**
 * Makes a request: its number, its promises, its first line, its files and its visit, in one transaction. The token
 * of a follow-link is answered once and kept as a hash. Errors: invalid_input that names what is missing,
 * files_not_ready, slot_gone, not_found.
 */
export async function createRequest(
  tx: Tx,
  ctx: Ctx,
  input: NewRequest,
): Promise<{ row: RequestRow; followToken: string | null }> {
  const terms = await termsFor(tx, ctx, input)
  const answers = checkNeeds(terms.type, input)
  await checkFiles(tx, terms.type, input)
  const followToken = input.withLink ? ctx.ids.token(16) : null
  const draft = await draftOf(tx, ctx, input, { terms, answers, followToken })
  const area = await areaClassOfRequest(tx, terms.body, draft.areaId)
  const { stepId, hasPhotos } = await firstStep(tx, ctx, input, draft)
  // Last of all, because the counter stays locked until the end of the transaction.
  const number = await takeNumber(tx, ctx, { companyId: draft.companyId, class: draft.class })
  const visit = await visitOf(tx, ctx, { ...draft, number }, input)
  const clocks = freshClocks(ctx, draft, terms, { round: 1, area, state: 'submitted', visit })
  await insertClocks(tx, clocks)
  const row = { ...draft, ...nearest(clocks), number, hasPhotos: hasPhotos ? 1 : 0 }
  await insertRequest(tx, row)
  await watchForOutage(tx, ctx, row)
  if (row.class === 'complaint' && row.householdId !== null) await markComplained(tx, ctx, row.householdId)
  if (row.residentId !== null)
    await tellResident(tx, ctx, {
      request: row,
      residentId: row.residentId,
      stepId,
      remark: promiseOf(ctx, row, clocks),
    })
  return { row, followToken }
}

/** The time that was held becomes the visit, and what is promised. */
async function visitOf(
  tx: Tx,
  ctx: Ctx,
  row: RequestRow,
  { holdId, by }: Pick<NewRequest, 'holdId' | 'by'>,
): Promise<Visit | null> {
  const holderId = by.kind === 'staff' ? by.id : row.residentId
  if (holdId === null || holderId === null) return null
  const { id: requestId, residentId, number, companyId, typeId } = row
  return confirmHold(tx, ctx, { holdId, holderId, residentId, requestId, number, companyId, typeId })
}

async function termsFor(tx: Tx, ctx: Ctx, input: NewRequest): Promise<Terms> {
  try {
    return await termsOf(ctx, input, tx)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('not_found', { message: '这个服务类型已经变了，请返回重新选。', cause: error })
  }
}

const missing = (path: string, message: string): AppError =>
  new AppError('invalid_input', { message, fields: [{ path, message }] })

/** Callers, and children who act for a parent whose home they have not bound, say the address and whom to call. */
function assertAddressed(input: NewRequest, isCaller: boolean): void {
  const isForParent = Boolean(input.onBehalfOf && input.contactPhone)
  if (!isCaller && !isForParent) throw missing('householdId', '请选择是哪一户。')
  if (!input.addressText)
    throw isCaller ? missing('householdId', '请选择是哪一户。') : missing('addressText', '请填写家人的地址。')
}

/** What the type asks for. Callers cannot send photos, and their time is agreed on the telephone or later, so neither is asked for. */
function checkNeeds(type: ServiceType, input: NewRequest): Answers {
  const isCaller = input.by.kind === 'staff' || input.isKnown === true
  const somewhere = input.householdId !== null || input.place !== null || Boolean(input.addressText)
  if (type.household === 'required' && input.householdId === null) assertAddressed(input, isCaller)
  if (type.place === 'required' && !somewhere) throw missing('place', '请选择地点或填写地址。')
  if (type.photo === 'required' && !isCaller && input.fileIds.length === 0)
    throw missing('fileIds', '请拍一张照片，师傅好准备。')
  if (type.appointment === 'required' && !isCaller && input.holdId === null && input.followsUpId === null)
    throw missing('holdId', '请选择上门时间。')
  if (input.anonymous && !type.anonymous) throw missing('anonymous', '这一类不能匿名提交。')
  return checkedAnswers(type, input.answers, isCaller)
}

async function checkFiles(tx: Tx, type: ServiceType, { fileIds }: NewRequest): Promise<void> {
  if (fileIds.length === 0) return
  const files = [...(await filesByIds(tx, [...new Set(fileIds)])).values()]
  for (const kind of ['image', 'voice', 'video'] as const) {
    const most = type.photo === 'none' && kind === 'image' ? 0 : MOST_FILES[kind]
    if (files.filter((file) => file.kind === kind).length > most)
      throw new AppError('invalid_input', {
        message: most === 0 ? '这一类不需要照片。' : '最多6张照片、1段录音、1段视频。',
        fields: [{ path: 'fileIds', message: '太多了' }],
      })
  }
}

async function draftOf(
  tx: Tx,
  ctx: Ctx,
  input: NewRequest,
  made: { terms: Terms; answers: Answers; followToken: string | null },
): Promise<RequestRow> {
  const { type } = made.terms
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  return {
    id,
    number: '',
    companyId: input.companyId,
    residentId: input.residentId,
    ...(await whereOf(tx, input)),
    outagePlaceId: await outagePlaceOf(tx, type, input),
    typeId: type.id,
    class: type.class,
    catalogueVersion: input.catalogueVersion,
    channel: input.channel,
    state: 'submitted',
    priority: Math.min(type.priority, input.atLeast ?? type.priority),
    words: input.words,
    answers: JSON.stringify(made.answers),
    ...(await contactColumns(tx, ctx, input)),
    anonymous: input.anonymous ? 1 : 0,
    followsUpId: input.followsUpId,
    wordsFlagged: input.wordsFlagged ? 1 : 0,
    wordsHidden: 0,
    createdAt: now,
    updatedAt: now,
    followTokenHash: made.followToken === null ? null : sha256(made.followToken),
    codeId: input.codeId ?? null,
    ...NEW,
  }
}

/** A request at its beginning. */
const NEW = {
  stateBefore: null,
  mergedState: null,
  holdReason: null,
  holdUntil: null,
  teamId: null,
  assigneeId: null,
  answerBy: null,
  parentId: null,
  noticeId: null,
  children: 0,
  followers: 0,
  checked: '[]',
  urges: 0,
  urgesWaiting: 0,
  lastUrgedAt: null,
  reopened: 0,
  reopenedAt: null,
  escalation: 0,
  nextDueAt: NEVER_DUE,
  nextWarnAt: NEVER_DUE,
  hasPhotos: 0,
  openSlot: 1,
  version: 1,
  resolvedAt: null,
  closedAt: null,
  reopenUntil: null,
  surveyAt: null,
  wake: null,
  wakeAt: null,
} as const

/** Where it is. Of an anonymous one only the community is kept, which names nobody. */
async function whereOf(
  tx: Tx,
  input: NewRequest,
): Promise<Pick<RequestRow, 'householdId' | 'areaId' | 'areaPath' | 'areaName' | 'latE6' | 'lngE6'>> {
  const { householdId, place, anonymous } = input
  const found =
    householdId === null ? undefined : (await placesOfHouseholds(tx, [householdId])).get(householdId)
  const knots = found ? knotsOf(found) : []
  const last = anonymous ? knots.find((knot) => knot.kind === 'community') : knots.at(-1)
  const named = knots.filter((knot) => knot.kind === 'community' || (!anonymous && knot.kind === 'building'))
  return {
    householdId: anonymous ? null : householdId,
    areaId: last?.id ?? null,
    areaPath: last?.path ?? '',
    areaName: named
      .map((knot) => knot.name)
      .join(' ')
      .slice(0, 80),
    latE6: anonymous ? null : (place?.latE6 ?? null),
    lngE6: anonymous ? null : (place?.lngE6 ?? null),
  }
}

const KINDS = ['district', 'community', 'building', 'unit'] as const

/** The knots from the root down to a place: names and ids go side by side, and kinds are counted from its own. */
function knotsOf(place: PlaceFacts): { id: string; path: string; name: string; kind: string }[] {
  const ids = place.path.split('/').filter((id) => id !== '')
  const names = place.fullName.split('/')
  const ownKind = KINDS.findIndex((kind) => kind === place.kind)
  return ids.map((id, index) => ({
    id,
    path: `${ids.slice(0, index + 1).join('/')}/`,
    name: names[index] ?? '',
    kind: KINDS[ownKind - (ids.length - 1 - index)] ?? place.kind,
  }))
}

async function contactColumns(
  tx: Tx,
  ctx: Ctx,
  input: NewRequest,
): Promise<Pick<RequestRow, 'contactSealed' | 'phoneIndex' | 'phoneTailIndex'>> {
  const phone = input.anonymous ? null : input.contactPhone
  const digits = phone?.replaceAll('-', '') ?? null
  const household =
    input.householdId === null || input.anonymous
      ? undefined
      : (await householdsByIds(tx, [input.householdId])).get(input.householdId)
  const address = [household?.address, input.anonymous ? null : input.addressText].filter(Boolean).join('，')
  return {
    contactSealed: sealContact(ctx, {
      name: input.anonymous ? null : input.contactName,
      phone,
      address: address === '' ? null : address,
      onBehalfOf: input.anonymous ? null : input.onBehalfOf,
      placeWords: input.place?.words || null,
    }),
    phoneIndex: digits === null ? null : phoneIndexOf(ctx, digits),
    phoneTailIndex: digits === null ? null : phoneTailIndexOf(ctx, input.companyId, digits.slice(-4)),
  }
}

/** The promise that is nearest, which is what people wait for. */
function promiseOf(ctx: Ctx, row: RequestRow, clocks: readonly ClockRow[]): string {
  return nearestClock(presentClocks(ctx, row, clocks))?.promise || '我们会尽快处理'
}

/** Says which line it is, and whether a photo came with it. */
async function firstStep(
  tx: Tx,
  ctx: Ctx,
  input: NewRequest,
  draft: RequestRow,
): Promise<{ stepId: string; hasPhotos: boolean }> {
  const step = await addStep(tx, ctx, {
    request: draft,
    kind: 'submitted',
    title: input.by.kind === 'staff' ? '客服已登记' : '已提交',
    by: input.by,
    facts: { channel: input.channel, ...(input.wordsFlagged ? { flagged: true } : {}) },
    fileIds: input.fileIds,
    fileRole: 'problem',
    isMarked: true,
  })
  if (input.fileIds.length === 0) return { stepId: step.id, hasPhotos: false }
  const files = await filesByIds(tx, [...new Set(input.fileIds)])
  return { stepId: step.id, hasPhotos: [...files.values()].some((file) => file.kind === 'image') }
}
