import type { MonthUsage } from './month-usage'
import { sameMonthLastYear } from './periods'
import type { MonthPrice } from './price-month'
import type { Projection } from './project-bill'

export interface HighBill {
  readonly period: string
  readonly lowFen: number
  readonly highFen: number
  readonly lastYearFen: number
}

/**
 * Whether the bill that is coming is high enough to be told beforehand: the middle of the projection lies above the same
 * month of last year by the configured share and by the configured amount. Only what was counted can raise it; a trend
 * is no reason to wake anybody.
 */
export function judgeAlert(
  of: {
    readonly months: readonly MonthUsage[]
    readonly projection: Projection
    readonly price: MonthPrice
  },
  rule: { readonly sharePercent: number; readonly moreFen: number },
): HighBill | null {
  const { projection, months, price } = of
  if (projection.kind === 'none' || projection.by === 'trend') return null
  const lastYear = months.find(({ period }) => period === sameMonthLastYear(projection.period))
  if (lastYear === undefined) return null
  const [lowFen, middleFen, highFen] = [
    price(projection.lowMilli),
    price(projection.middleMilli),
    price(projection.highMilli),
  ]
  if (lowFen === null || middleFen === null || highFen === null) return null
  const moreFen = middleFen - lastYear.feeFen
  const isHigh = moreFen >= rule.moreFen && moreFen * 100 >= lastYear.feeFen * rule.sharePercent
  if (!isHigh) return null
  return {
    period: projection.period,
    lowFen,
    highFen,
    lastYearFen: lastYear.feeFen,
  }
}
