import type { AreaFacts, PeriodBill, TierFacts } from '../billing'
import { priceWithCharges } from '../tariffs'
import { toMilli } from './milli'
import { daysBetween, isDay, isMonth } from './periods'

/** One month's bill as consumption: what was used, over how many days, and how the company came by it. */
export interface MonthUsage {
  readonly billId: string
  readonly period: string
  readonly amountFen: number
  readonly lateFeeFen: number
  /** What the use cost, with what is collected with each unit besides (污水处理费): they grow with the use alike. */
  readonly feeFen: number
  readonly quantityMilli: number
  /** What the meter showed at the end, in thousandths; null where the count is multiplied or not known. */
  readonly readingMilli: number | null
  readonly readOn: string | null
  /** From the reading before to this one; null where one of them is not known. */
  readonly days: number | null
  readonly estimated: boolean
  /** Their prices include what is collected besides. */
  readonly tiers: TierFacts['tiers']
  readonly asOf: number
}

/** One season charged by area, such as heating. */
export interface SeasonUsage {
  readonly billId: string
  readonly period: string
  readonly amountFen: number
  readonly facts: AreaFacts
  readonly asOf: number
}

/** Readings further apart than this are not two readings of neighbouring months. */
const DAYS_MOST = 70

/** A household's months from its bills, oldest first. Bills that do not say what was used are left out. */
export function monthsOf(bills: readonly PeriodBill[]): MonthUsage[] {
  const months = bills
    .flatMap((bill) => monthOf(bill) ?? [])
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
  return months.map((month, index) => ({ ...month, days: daysSince(months[index - 1] ?? null, month) }))
}

function monthOf(bill: PeriodBill): MonthUsage | null {
  const facts = bill.facts
  if (facts.basis !== 'tiers' || !isMonth(bill.period)) return null
  const quantityMilli = toMilli(facts.used ?? '')
  if (quantityMilli === null) return null
  const charges = facts.charges ?? []
  const readOn = facts.readOn !== undefined && isDay(facts.readOn) ? facts.readOn : null
  return {
    billId: bill.id,
    period: bill.period,
    amountFen: bill.amountFen,
    lateFeeFen: bill.lateFeeFen,
    feeFen:
      facts.feeFen === undefined
        ? bill.amountFen - bill.lateFeeFen
        : charges.reduce((sum, { amountFen }) => sum + amountFen, facts.feeFen),
    quantityMilli,
    readingMilli: (facts.multiplier ?? null) === null ? toMilli(facts.current ?? '') : null,
    readOn,
    days: null,
    estimated: facts.readBy === 'estimated',
    tiers: withCharges(facts.tiers ?? [], charges),
    asOf: bill.asOf,
  }
}

function withCharges(
  tiers: TierFacts['tiers'],
  charges: NonNullable<TierFacts['charges']>,
): TierFacts['tiers'] {
  return tiers.map((tier) => ({ ...tier, price: priceWithCharges(tier.price, charges) }))
}

function daysSince(before: MonthUsage | null, month: MonthUsage): number | null {
  if (before === null || before.readOn === null || month.readOn === null) return null
  const days = daysBetween(before.readOn, month.readOn)
  return days > 0 && days <= DAYS_MOST ? days : null
}

/** A household's seasons from its bills, oldest first. */
export function seasonsOf(bills: readonly PeriodBill[]): SeasonUsage[] {
  return bills
    .flatMap((bill) => {
      const facts = bill.facts
      if (facts.basis !== 'area') return []
      return [
        {
          billId: bill.id,
          period: bill.period,
          amountFen: bill.amountFen,
          facts: facts as AreaFacts,
          asOf: bill.asOf,
        },
      ]
    })
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
}
