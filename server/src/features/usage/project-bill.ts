import type { MonthUsage } from './month-usage'
import {
  addDays,
  addMonths,
  daysBetween,
  dayWords,
  monthAfter,
  monthWords,
  sameMonthLastYear,
} from './periods'

/** What a meter counted on one day, in thousandths. */
export interface DayUsage {
  readonly day: string
  readonly quantityMilli: number
}

/** What the household said that its meter shows, and the company took. */
export interface ReportedReading {
  /** The month that it counts for. */
  readonly period: string
  readonly day: string
  readonly readingMilli: number
}

/** The bill that is coming: a range with the way in which it was reckoned, or why there is none. */
export type Projection =
  | {
      readonly kind: 'range'
      readonly by: 'days' | 'reading' | 'trend'
      readonly period: string
      readonly lowMilli: number
      readonly middleMilli: number
      readonly highMilli: number
      readonly method: string
      /** What was counted so far; only by days. */
      readonly soFar: {
        readonly quantityMilli: number
        readonly until: string
        readonly missing: number
      } | null
    }
  | { readonly kind: 'none'; readonly reason: string }

/** Days that the daily average is made of, and the fewest of them that must be known. */
const RECENT_DAYS = 20
const RECENT_LEAST = 10
/** The newest figure may be so old; later the household may well live otherwise. */
const FRESH_DAYS = 5
/** Months that stand beside the same month of last year. */
const TREND_MONTHS = 6
const TREND_LEAST = 3
/** With so many months the two outermost ones are left out. */
const OUTLIERS_FROM = 5
/** A household whose use swings by more than this is no trend. */
const SWING_MOST = 3

/**
 * What the bill after the last one may come to: by what the household reported for it, else by its days, else by the
 * trend. `today` is the first day that is not over.
 */
export function projectBill(
  months: readonly MonthUsage[],
  days: readonly DayUsage[],
  today: string,
  reported?: ReportedReading,
): Projection {
  const last = months.at(-1)
  if (last === undefined) return { kind: 'none', reason: '还没有账单，等出了账单再估算' }
  const period = addMonths(last.period, 1)
  if (last.readOn !== null && daysBetween(monthAfter(last.readOn), today) > 45)
    return { kind: 'none', reason: `最近一张账单是${monthWords(last.period)}的，太早了，不估算` }
  const byReading = projectByReading(last, period, reported)
  if (byReading !== null) return byReading
  const byDays = last.readOn === null ? null : projectByDays(days, last.readOn, period, today)
  return byDays ?? projectByTrend(months, period)
}

/** The bill goes by the very reading that was reported for its month, so there is nothing to spread. */
function projectByReading(
  last: MonthUsage,
  period: string,
  reported: ReportedReading | undefined,
): Projection | null {
  if (reported === undefined || reported.period !== period || last.readingMilli === null) return null
  const usedMilli = reported.readingMilli - last.readingMilli
  if (usedMilli < 0) return null
  return {
    kind: 'range',
    by: 'reading',
    period,
    lowMilli: usedMilli,
    middleMilli: usedMilli,
    highMilli: usedMilli,
    method: `按您${dayWords(reported.day)}报的数估算；公司再抄表时以抄表为准`,
    soFar: { quantityMilli: usedMilli, until: reported.day, missing: 0 },
  }
}

function projectByDays(
  days: readonly DayUsage[],
  readOn: string,
  period: string,
  today: string,
): Projection | null {
  const recentFrom = addDays(today, -RECENT_DAYS)
  const recent = days
    .filter(({ day }) => day >= recentFrom && day < today)
    .map(({ quantityMilli }) => quantityMilli)
    .toSorted((a, b) => a - b)
  const newest = days.at(-1)?.day
  if (newest === undefined || recent.length < RECENT_LEAST) return null
  if (daysBetween(newest, today) > FRESH_DAYS) return null
  const ends = monthAfter(readOn)
  const within = days.filter(({ day }) => day > readOn && day <= ends)
  const length = daysBetween(readOn, ends)
  const countedMilli = within.reduce((sum, { quantityMilli }) => sum + quantityMilli, 0)
  const left = Math.max(0, length - within.length)
  const average = recent.reduce((sum, milli) => sum + milli, 0) / recent.length
  const middleMilli = Math.round(countedMilli + average * left)
  const elapsed = Math.max(0, Math.min(length, daysBetween(readOn, newest)))
  return {
    kind: 'range',
    by: 'days',
    period,
    middleMilli,
    lowMilli: Math.min(middleMilli, Math.round(countedMilli + quarter(recent, 1) * left)),
    highMilli: Math.max(middleMilli, Math.round(countedMilli + quarter(recent, 3) * left)),
    method: `已计到${dayWords(newest)}；剩下的日子按最近 ${RECENT_DAYS} 天里有数据的 ${recent.length} 天估算：低的按用得少的日子，高的按用得多的日子`,
    soFar: { quantityMilli: countedMilli, until: newest, missing: elapsed - within.length },
  }
}

/** The value below which a quarter, or three, of the sorted ones lie. */
const quarter = (sorted: readonly number[], quarters: 1 | 3): number =>
  sorted[Math.round(((sorted.length - 1) * quarters) / 4)] ?? 0

function projectByTrend(months: readonly MonthUsage[], period: string): Projection {
  const of = new Map(months.map((month) => [month.period, month.quantityMilli]))
  const lastYear = of.get(sameMonthLastYear(period))
  if (lastYear === undefined || lastYear === 0)
    return {
      kind: 'none',
      reason: `没有每天的用量，也没有${monthWords(sameMonthLastYear(period))}的账单可比，估不出来`,
    }
  const pairs = Array.from({ length: TREND_MONTHS }, (_, index) => addMonths(period, -1 - index)).flatMap(
    (month) => {
      const [now, earlier] = [of.get(month), of.get(sameMonthLastYear(month))]
      return now === undefined || earlier === undefined || earlier === 0
        ? []
        : [{ now, earlier, ratio: now / earlier }]
    },
  )
  if (pairs.length < TREND_LEAST)
    return { kind: 'none', reason: '没有每天的用量，能和去年比的月份也太少，估不出来' }
  const sorted = pairs.toSorted((a, b) => a.ratio - b.ratio)
  // One month away from home, or with guests, is no trend.
  const kept = sorted.length >= OUTLIERS_FROM ? sorted.slice(1, -1) : sorted
  const [least = 1, most = 1] = [kept[0]?.ratio, kept.at(-1)?.ratio]
  if (least <= 0 || most / least > SWING_MOST)
    return { kind: 'none', reason: '最近几个月的用量忽高忽低，估不出来' }
  const ratio =
    kept.reduce((sum, { now }) => sum + now, 0) / kept.reduce((sum, { earlier }) => sum + earlier, 0)
  return {
    kind: 'range',
    by: 'trend',
    period,
    lowMilli: Math.round(lastYear * least),
    middleMilli: Math.round(lastYear * ratio),
    highMilli: Math.round(lastYear * most),
    method: `没有每天的用量，按去年同月（${monthWords(sameMonthLastYear(period))}）和最近 ${pairs.length} 个月比去年的走势估算${kept === sorted ? '' : '，不算变化最小和最大的两个月'}；低的和高的是其余月份里变化最小和最大的`,
    soFar: null,
  }
}
