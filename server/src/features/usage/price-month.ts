import type { CompanyConfig } from '../../core/config/companies'
import { packsOfCompany, priceOf, type Progress, tierProgress } from '../tariffs'
import { fromMilli } from './milli'
import type { MonthUsage } from './month-usage'
import { addDays, addMonths } from './periods'

type Company = Pick<CompanyConfig, 'kind' | 'tariff'>

/** What some use of a month would cost, in fen; null where the price lists or the bills do not say enough. */
export type MonthPrice = (quantityMilli: number) => number | null

/** Prices a month that has no bill yet by the company's lists, counting on from what the cycle has used so far. */
export function monthPriceOf(company: Company, months: readonly MonthUsage[], period: string): MonthPrice {
  const packs = packsOfCompany(company)
  const from = `${period}-01`
  const to = addDays(`${addMonths(period, 1)}-01`, -1)
  const beforeMilli = usedBefore(company, months, period)
  return (quantityMilli) => {
    if (beforeMilli === null) return null
    const use = { from, to, quantity: fromMilli(quantityMilli), usedBefore: fromMilli(beforeMilli) }
    return priceOf(packs, use)?.totalFen ?? null
  }
}

/** Where a household stands among the tiers with what it has used of a month; null where no tiers hold. */
export function progressIn(
  company: Company,
  months: readonly MonthUsage[],
  of: { readonly period: string; readonly quantityMilli: number },
): Progress | null {
  const beforeMilli = usedBefore(company, months, of.period)
  if (beforeMilli === null) return null
  const used = fromMilli(beforeMilli + of.quantityMilli)
  return tierProgress(packsOfCompany(company), { on: `${of.period}-01`, used })
}

/**
 * What the months of the same cycle used before this one: nought where tiers begin anew each month, null where a month
 * of the year has no bill, because then nobody knows.
 */
function usedBefore(company: Company, months: readonly MonthUsage[], period: string): number | null {
  const cycle = tierProgress(packsOfCompany(company), { on: `${period}-01`, used: '0' })
  if (cycle === null) return 0
  const wanted: string[] = []
  for (let month = addMonths(period, -1); `${month}-01` >= cycle.from; month = addMonths(month, -1))
    wanted.push(month)
  const known = new Map(months.map((month) => [month.period, month.quantityMilli]))
  let sum = 0
  for (const month of wanted) {
    const milli = known.get(month)
    if (milli === undefined) return null
    sum += milli
  }
  return sum
}
