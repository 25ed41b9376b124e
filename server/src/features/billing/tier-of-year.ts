import type { CompanyConfig } from '../../core/config/companies'
import { fromScaled, toScaled } from '../../core/decimal'
import type { Reader } from '../../core/db/database'
import { packsOfCompany, periodDay, progressWords, tariffOn, tierProgress } from '../tariffs'
import type { BillRow } from './entities'
import { periodBillsSince } from './period-bills'
import type { BillDetail } from './schema'
import { isSince } from './whose-bill'

/**
 * Where a household stood with this bill when its tiers count the year: the use of all its bills since the year of the
 * tiers began. Null where the list counts months. Months without a bill are said, because what they used is unknown,
 * and what was used before `from` was somebody else's.
 */
export async function tierOfYear(
  reader: Reader,
  bill: BillRow,
  company: CompanyConfig,
  from: number,
): Promise<BillDetail['tier']> {
  const on = periodDay(bill.period)
  const pack = tariffOn(company, on)
  if (pack.values.tiers?.every !== 'year') return null
  const begun = tierProgress(packsOfCompany(company), { on, used: '0' })
  if (begun === null) return null
  const first = begun.from.slice(0, 7)
  const bills = (await periodBillsSince(reader, [bill.householdId], first)).filter((one) =>
    isSince(one, from),
  )
  const used = new Map<string, bigint>()
  for (const { period, facts } of bills)
    if (period <= bill.period && facts.basis === 'tiers')
      used.set(period, (used.get(period) ?? 0n) + (toScaled(facts.used ?? '0') ?? 0n))
  const sum = fromScaled([...used.values()].reduce((total, quantity) => total + quantity, 0n))
  const progress = tierProgress(packsOfCompany(company), { on, used: sum })
  if (progress === null) return null
  const missing = monthsBetween(first, bill.period) + 1 - used.size
  const gap = missing > 0 ? `；缺 ${missing} 个月的账单，实际可能更多` : ''
  return {
    current: progress.tier,
    used: sum,
    untilNext: progress.untilNext,
    nextPrice: progress.nextPrice,
    bounds: [...progress.bounds],
    words: progressWords(progress, pack.unit),
    counted: `${first} 到 ${bill.period} 的账单共用 ${sum} ${pack.unit}${gap}`,
  }
}

function monthsBetween(from: string, to: string): number {
  const months = (period: string): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7))
  return months(to) - months(from)
}
