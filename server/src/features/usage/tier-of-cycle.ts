import type { CompanyConfig } from '../../core/config/companies'
import { fromMilli } from './milli'
import type { MonthUsage } from './month-usage'
import { addMonths, dayWords, monthWords } from './periods'
import { progressIn } from './price-month'
import type { Projection } from './project-bill'
import type { UsageView } from './schema'

/** Where the current cycle stands among the tiers: by what was counted since the last reading, else by the last bill. */
export function tierOfCycle(
  company: Pick<CompanyConfig, 'kind' | 'tariff'>,
  months: readonly MonthUsage[],
  projection: Projection,
): UsageView['tier'] {
  const last = months.at(-1)
  if (last === undefined) return { value: null, reason: '还没有账单' }
  const soFar = projection.kind === 'range' ? projection.soFar : null
  const of =
    soFar === null
      ? { period: last.period, quantityMilli: last.quantityMilli }
      : { period: addMonths(last.period, 1), quantityMilli: soFar.quantityMilli }
  const progress = progressIn(company, months, of)
  if (progress === null || progress.price === null)
    return { value: null, reason: '没有能对上的阶梯价格，或今年有月份没有账单' }
  const besides = progress.including.length === 0 ? '' : `；单价含${progress.including.join('、')}`
  const missing = soFar !== null && soFar.missing > 0 ? `，其中 ${soFar.missing} 天没有数据` : ''
  return {
    value: {
      current: progress.tier,
      used: progress.used,
      usedNow: fromMilli(of.quantityMilli),
      every: progress.every,
      price: progress.price,
      left: progress.untilNext,
      nextPrice: progress.nextPrice,
      bounds: [...progress.bounds],
      span:
        soFar === null || last.readOn === null
          ? `${monthWords(last.period)}账单${besides}`
          : `${dayWords(last.readOn)}抄表后到${dayWords(soFar.until)}${missing}${besides}`,
    },
    reason: null,
  }
}
