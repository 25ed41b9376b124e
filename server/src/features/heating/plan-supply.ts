import { shanghaiDay } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { type SeasonBill, seasonBillOf } from '../billing'
import { assertMay, deskHouseholds, householdsByIds, type HouseholdSummary } from '../households'
import { type CityRules, cityRulesOf } from './city-rules'
import { assertSeen } from './desk-case'
import { supplySource } from './present'
import { addDays, type Season } from './season'
import { planResume, planStop, STOP_CONSEQUENCES, type SupplyPlan } from './supply-plan'
import { lastApproved } from './supply-store'

export interface Asked {
  readonly householdId: string
  readonly kind: 'stop' | 'resume'
  readonly fromDay?: string | undefined
}

export interface PlannedSupply {
  readonly household: HouseholdSummary
  readonly city: CityRules
  readonly season: Season
  readonly bill: SeasonBill | null
  readonly plan: SupplyPlan
  readonly fromDay: string | null
}

/** Whether the supply is stopped: as a decision here says, else as the company's last export does. */
export async function isStoppedNow(
  ctx: Ctx,
  of: { readonly householdId: string; readonly season: string },
  bill: SeasonBill | null,
): Promise<boolean | null> {
  const decided = await lastApproved(ctx.db.reader, of)
  // An export that came after the decision knows more than it.
  if (decided && (bill === null || Number(decided.decidedAt) >= Number(bill.asOf)))
    return decided.kind === 'stop'
  return bill === null ? null : bill.isStopped
}

/**
 * What an application would mean now, for whoever may apply: who calls this has looked at that. Errors: not_found for a
 * household whose company has no such service, move_not_allowed that says why it cannot be applied for.
 */
export async function plannedSupply(ctx: Ctx, input: Asked): Promise<PlannedSupply> {
  const { reader } = ctx.db
  const household = (await householdsByIds(reader, [input.householdId])).get(input.householdId)
  const city = household === undefined ? null : cityRulesOf(ctx, household.companyId)
  if (household === undefined || city === null)
    throw new AppError('not_found', { detail: 'no heated household' })
  if (city.season === null)
    throw new AppError('move_not_allowed', { message: '还没有公布本采暖季从哪天到哪天，请打客服电话办理。' })
  const bill = await seasonBillOf(reader, { householdId: household.id, period: city.seasonName })
  const stopped = await isStoppedNow(ctx, { householdId: household.id, season: city.seasonName }, bill)
  if (stopped === true && input.kind === 'stop')
    throw new AppError('move_not_allowed', { message: '这个采暖季已经停供，不用再申请。' })
  if (stopped !== true && input.kind === 'resume')
    throw new AppError('move_not_allowed', { message: '这个采暖季没有停供，不用申请复热。' })
  const today = shanghaiDay(ctx.clock.now())
  const asked = { rules: city.rules, season: city.season, bill, today }
  if (input.kind === 'stop')
    return { household, city, season: city.season, bill, plan: planStop(asked), fromDay: null }
  const fromDay = input.fromDay ?? addDays(today, 1)
  if (fromDay <= today || fromDay > city.season.to)
    throw new AppError('invalid_input', {
      message: '复热日期要在明天以后、采暖季结束以前。',
      fields: [{ path: 'fromDay', message: '请重新选择日期' }],
    })
  return { household, city, season: city.season, bill, plan: planResume(asked, fromDay), fromDay }
}

/** The page before applying. Errors as above; role_forbidden for a tenant, not_found for a household that is not mine. */
export async function planSupply(ctx: Ctx, input: Asked) {
  await assertMay(ctx, residentOf(ctx).id, input.householdId, 'contract')
  return presentPlan(ctx, input)
}

/** Errors: not_found for a household that is not in my scope: nobody learns whether there is one. */
export async function assertDeskHome(ctx: Ctx, householdId: string): Promise<void> {
  const household = (await deskHouseholds(ctx, [householdId])).get(householdId)
  assertSeen(ctx, household ?? null)
}

/** What is read before applying, by a resident or out to a caller. */
export async function presentPlan(ctx: Ctx, input: Asked) {
  const { plan, season, city } = await plannedSupply(ctx, input)
  return {
    plan: { ...plan, steps: [...plan.steps], missing: [...plan.missing] },
    season: { name: city.seasonName, ...season },
    consequences: input.kind === 'stop' ? [...STOP_CONSEQUENCES] : [],
    source: supplySource(city.rules),
    asOf: ctx.clock.now(),
  }
}
