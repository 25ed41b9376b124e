import { fromMilli, saidMilli } from './milli'
import type { MonthUsage } from './month-usage'
import { monthWords, sameMonthLastYear } from './periods'
import type { UsageView } from './schema'

/** So many days more or less are said, because a bill of five weeks is no bill of four. */
const DAYS_APART = 2

/** The last month beside the same month of last year, in figures and in words, or why that cannot be. */
export function compareMonths(months: readonly MonthUsage[], unit: string): UsageView['compared'] {
  const now = months.at(-1)
  if (now === undefined) return { value: null, reason: '还没有账单可比' }
  const period = sameMonthLastYear(now.period)
  const then = months.find((month) => month.period === period)
  if (then === undefined) return { value: null, reason: `没有${monthWords(period)}的账单，不能和去年比` }
  const more = now.quantityMilli - then.quantityMilli
  const percent = then.quantityMilli === 0 ? null : Math.round((more * 100) / then.quantityMilli)
  return {
    value: {
      period: now.period,
      lastYearPeriod: period,
      quantity: fromMilli(now.quantityMilli),
      lastYearQuantity: fromMilli(then.quantityMilli),
      percent,
      words: `${moreWords(now, more, percent, unit)}${cautions(now, then)}`,
    },
    reason: null,
  }
}

function moreWords(now: MonthUsage, more: number, percent: number | null, unit: string): string {
  const month = monthWords(now.period)
  if (more === 0) return `${month}和去年同月用得一样多`
  const share = percent === null || percent === 0 ? '' : `（${Math.abs(percent)}%）`
  return `${month}比去年同月${more > 0 ? '多' : '少'}用 ${saidMilli(Math.abs(more))} ${unit}${share}`
}

function cautions(now: MonthUsage, then: MonthUsage): string {
  const said: string[] = []
  if (now.days !== null && then.days !== null && Math.abs(now.days - then.days) > DAYS_APART)
    said.push(`这期计 ${now.days} 天，去年那期计 ${then.days} 天，天数不同`)
  if (now.estimated) said.push('这期是估抄')
  if (then.estimated) said.push('去年那期是估抄')
  return said.length === 0 ? '' : `；${said.join('；')}，只能大致比较`
}
