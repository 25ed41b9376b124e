import { shanghaiDay } from '../../core/clock'
import { type CompanyConfig, companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { periodBills, seesBill } from '../billing'
import { historyFrom, type HouseholdSummary, householdsByIds } from '../households'
import { hasConsent } from '../identity'
import { unitOf } from '../tariffs'
import { compareMonths } from './compare-months'
import { daysOf } from './day-store'
import type { UsageDayRow } from './entities'
import { fromMilli } from './milli'
import { type MonthUsage, monthsOf, type SeasonUsage, seasonsOf } from './month-usage'
import { peersOfHousehold } from './peers-of-household'
import { addDays, dayWords } from './periods'
import { monthPriceOf } from './price-month'
import { type Projection, projectBill } from './project-bill'
import { reportedBy } from './reported-by'
import type { UsageMonth, UsageView } from './schema'
import { tierOfCycle } from './tier-of-cycle'
import { wordsOfAlert } from './words-of-alert'

/** Two years and the month before, so that each month of a year stands beside the one of the year before. */
const PERIODS = 25
/** Two cycles of days: what goes on and what was before it. */
const DAYS = 62

/** A consent of its own (config `privacy.purposes`): without it, or once it was taken back, nothing is compared. */
const COMPARISON = 'usage-comparison'
const NOT_ALLOWED = { value: null, reason: '您同意后，才和邻居比' }

export interface OwnUsage {
  readonly household: HouseholdSummary
  readonly months: readonly MonthUsage[]
  readonly seasons: readonly SeasonUsage[]
  readonly days: readonly UsageDayRow[]
  /** The first day that may be shown to this person. */
  readonly daysFrom: string
}

/**
 * What a bound resident may see of a household's consumption. Bills are shown as far back as the list of bills shows
 * them, and single days, which tell when somebody was at home, since the same moment. Errors: not_found unless the household is bound to the asker.
 */
export async function ownUsage(ctx: Ctx, householdId: string, daysBack: number): Promise<OwnUsage> {
  const { reader } = ctx.db
  const history = (await historyFrom(ctx, residentOf(ctx).id, [householdId])).get(householdId)
  if (history === undefined) throw new AppError('not_found', { detail: 'household not bound' })
  const kept = addDays(shanghaiDay(ctx.clock.now()), -daysBack)
  const ownFrom = shanghaiDay(history.from)
  const daysFrom = history.from > 0 && ownFrom > kept ? ownFrom : kept
  const [households, everBilled, days] = await Promise.all([
    householdsByIds(reader, [householdId]),
    periodBills(reader, householdId, PERIODS),
    daysOf(reader, householdId, daysFrom, daysBack),
  ])
  const household = households.get(householdId)
  if (household === undefined) throw new AppError('not_found', { detail: 'household of usage' })
  const bills = everBilled.filter((bill) => seesBill(history, bill))
  return { household, months: monthsOf(bills), seasons: seasonsOf(bills), days, daysFrom }
}

/** One household's consumption: months, days, tiers, comparisons and what the next bill may be. Errors: not_found. */
export async function readUsage(ctx: Ctx, input: { readonly householdId: string }): Promise<UsageView> {
  const own = await ownUsage(ctx, input.householdId, DAYS)
  const { household, months, days } = own
  const company = companyOf(ctx, household.companyId)
  const today = shanghaiDay(ctx.clock.now())
  const unit = unitOf(company)
  const reported = await reportedBy(ctx.db.reader, [household.id], ctx.clock.now())
  const projection = projectBill(months, days, today, reported.get(household.id))
  const mayCompare = await hasConsent(ctx, residentOf(ctx).id, COMPARISON)
  const [peers, alert] = await Promise.all([
    mayCompare ? peersOfHousehold(ctx, household, months.at(-1), unit) : NOT_ALLOWED,
    wordsOfAlert(ctx, {
      householdId: household.id,
      companyId: company.id,
      kind: company.kind,
      unit,
      projection,
    }),
  ])
  return {
    householdId: household.id,
    companyId: company.id,
    companyName: company.name,
    hotline: company.hotline,
    kind: company.kind,
    unit,
    shortAddress: household.shortAddress,
    months: months.map(presentMonth),
    seasons: own.seasons.map(presentSeason),
    days: days.map(({ day, quantityMilli }) => ({ day, quantity: fromMilli(quantityMilli) })),
    daysAsOf: days.reduce<number | null>((last, { importedAt }) => Math.max(last ?? 0, importedAt), null),
    daysNote: daysNoteOf(own),
    tier: tierOfCycle(company, months, projection),
    compared: compareMonths(months, unit),
    mayCompare,
    peers,
    projection: presentProjection(projection, company, months),
    alert,
  }
}

function daysNoteOf({ days, daysFrom, months }: OwnUsage): string | null {
  if (months.length === 0) return null
  if (days.length === 0) return '没有每天的用量：这块表不是智能表，或者公司还没有传来数据'
  return days[0]?.day === daysFrom ? null : `${dayWords(days[0]?.day ?? daysFrom)}以前没有每天的用量`
}

export const presentMonth = (month: MonthUsage): UsageMonth => ({
  billId: month.billId,
  period: month.period,
  quantity: fromMilli(month.quantityMilli),
  amountFen: month.amountFen,
  days: month.days,
  estimated: month.estimated,
  asOf: month.asOf,
})

function presentSeason({
  billId,
  period,
  amountFen,
  facts,
  asOf,
}: SeasonUsage): UsageView['seasons'][number] {
  const area = Number(facts.area)
  return {
    billId,
    period,
    amountFen,
    area: facts.area,
    perAreaFen: area > 0 ? Math.round(amountFen / area) : null,
    supplyState: facts.supplyState,
    asOf,
  }
}

function presentProjection(
  projection: Projection,
  company: CompanyConfig,
  months: readonly MonthUsage[],
): UsageView['projection'] {
  if (projection.kind === 'none') return { value: null, reason: projection.reason }
  const { period, lowMilli, highMilli, method, soFar } = projection
  const price = monthPriceOf(company, months, period)
  const [lowFen, highFen] = [price(lowMilli), price(highMilli)]
  if (lowFen === null || highFen === null)
    return { value: null, reason: '价格表或今年的账单不全，算不出金额' }
  return {
    value: {
      period,
      lowFen,
      highFen,
      lowQuantity: fromMilli(Math.round(lowMilli / 1000) * 1000),
      highQuantity: fromMilli(Math.round(highMilli / 1000) * 1000),
      method,
      missingDays: soFar?.missing ?? 0,
    },
    reason: null,
  }
}
