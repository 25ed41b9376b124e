import { fromMilli } from './milli'
import type { MonthUsage } from './month-usage'
import { dayWords, monthWords } from './periods'
import type { Projection } from './project-bill'
import type { UsageView } from './schema'
import { type PriceTiers, tierPlace } from './tier-price'

/** Where the current cycle stands among the tiers: by what was counted since the last reading, else by the last bill. */
export function tierOfCycle(
  tiers: PriceTiers,
  months: readonly MonthUsage[],
  projection: Projection,
): UsageView['tier'] {
  const last = months.at(-1)
  if (tiers.length === 0) return { value: null, reason: '这家公司不按阶梯收费' }
  if (last === undefined) return { value: null, reason: '还没有账单' }
  const soFar = projection.kind === 'range' ? projection.soFar : null
  const usedMilli = soFar?.quantityMilli ?? last.quantityMilli
  const place = tierPlace(tiers, usedMilli)
  if (place === null) return { value: null, reason: '这家公司不按阶梯收费' }
  const missing = soFar !== null && soFar.missing > 0 ? `，其中 ${soFar.missing} 天没有数据` : ''
  return {
    value: {
      current: place.current,
      used: fromMilli(usedMilli),
      price: place.price,
      left: place.leftMilli === null ? null : fromMilli(place.leftMilli),
      nextPrice: place.nextPrice,
      bounds: place.bounds.map(String),
      span:
        soFar === null || last.readOn === null
          ? `${monthWords(last.period)}账单`
          : `${dayWords(last.readOn)}抄表后到${dayWords(soFar.until)}${missing}`,
    },
    reason: null,
  }
}
