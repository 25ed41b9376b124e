import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { maskName, maskPhone } from '../../core/mask'
import { type Ctx, residentOf } from '../../platforms/context'
import {
  addWorking,
  areaClassOf,
  calendarNamed,
  currentCatalogue,
  limitMinutes,
  promiseWords,
  serviceTypeOf,
} from '../catalogue'
import type { CatalogueBody, ClockKind, ServiceType } from '../catalogue'
import { assertReached, placesOfHouseholds } from '../households'
import { knownContact } from './known-contact'
import { type KnownOutage, outagesBehind } from './known-outages'
import { myIds } from './own-request'
import { ownSimilar, type Similar, similarRequests } from './similar-requests'
import type { RequestState } from './schema'
import { STATE_WORDS } from './words'

export interface Precheck {
  readonly outages: KnownOutage[]
  readonly similar: {
    requestId: string
    typeName: string
    where: string
    createdAt: number
    state: RequestState
    stateWords: string
    followers: number
    own: boolean
  }[]
  readonly clocks: { kind: ClockKind; promise: string; dueAt: number }[]
  readonly contactNameMasked: string | null
  readonly contactPhoneMasked: string | null
}

/**
 * What a resident should know before filling in the form: whether it is known already, what is promised, and what
 * need not be typed. Errors: not_found for a household that is neither bound nor visited, or a type that there is not.
 */
export async function precheckRequest(
  ctx: Ctx,
  asked: {
    readonly companyId: string
    readonly typeId: string
    readonly householdId?: string | undefined
    readonly latE6?: number | undefined
    readonly lngE6?: number | undefined
  },
): Promise<Precheck> {
  const householdId = asked.householdId ?? null
  companyOf(ctx, asked.companyId)
  const reached = householdId === null ? null : await assertReached(ctx, residentOf(ctx).id, [householdId])
  // What neighbours reported is for those who live there, not for whoever came by a code.
  const isVisiting = householdId !== null && reached?.get(householdId) !== null
  const { body } = await currentCatalogue(ctx, asked.companyId)
  const type = serviceTypeOf(body, asked.typeId)
  if (!type) throw new AppError('not_found', { message: '没有这个服务类型，请返回重新选。' })
  const residentIds = await myIds(ctx)
  const place =
    asked.latE6 === undefined || asked.lngE6 === undefined ? null : { latE6: asked.latE6, lngE6: asked.lngE6 }
  const [outages, own, similar, contact, clocks] = await Promise.all([
    outagesBehind(ctx, type, householdId, residentIds),
    ownSimilar(ctx, { ...asked, householdId, residentIds }),
    // A complaint is between one person and the company; a fault may be everybody's.
    type.class === 'repair' && !isVisiting
      ? similarRequests(ctx, { ...asked, householdId, place, residentIds })
      : [],
    knownContact(ctx, { residentIds, householdId }),
    promisesOf(ctx, body, type, householdId),
  ])
  return {
    outages: [...outages],
    similar: [...own, ...similar].map((one) => presentSimilar(one, type)),
    clocks,
    contactNameMasked: contact.name === null ? null : maskName(contact.name),
    contactPhoneMasked: contact.phone === null ? null : maskPhone(contact.phone),
  }
}

function presentSimilar({ row, where, own }: Similar, type: ServiceType) {
  return {
    requestId: row.id,
    typeName: type.name,
    where,
    createdAt: row.createdAt,
    state: row.state,
    stateWords: STATE_WORDS[row.state],
    followers: row.followers,
    own,
  }
}

/** What would be promised if it were submitted now. */
async function promisesOf(
  ctx: Ctx,
  body: CatalogueBody,
  type: ServiceType,
  householdId: string | null,
): Promise<Precheck['clocks']> {
  const place =
    householdId === null
      ? undefined
      : (await placesOfHouseholds(ctx.db.reader, [householdId])).get(householdId)
  const area = areaClassOf(body, place?.fullName ?? '')
  const now = ctx.clock.now()
  return type.clocks
    .filter((rule) => rule.startsAt === 'submitted')
    .map((rule) => {
      const minutes = limitMinutes(rule, area, type.priority)
      const dueAt = addWorking(calendarNamed(ctx, rule.calendar), now, minutes * 60_000)
      return { kind: rule.kind, promise: promiseWords(rule.kind, dueAt, now), dueAt }
    })
}
