import { fromScaled, toScaled } from '../../core/decimal'
import { formatYuan, parseYuan } from '../../core/money'
import { dayAt, dayIndex } from './day-of-year'
import type { LateFeeRule } from './rule-pack'

export interface LateFee {
  readonly amountFen: number
  /** Days that cost, the first and today included. */
  readonly days: number
  /** The first day that costs. */
  readonly from: string
  /** The sum as a resident can do it again. */
  readonly words: string
}

interface Late {
  /** What is owed without late fee. */
  readonly principalFen: number
  readonly dueOn: string | null
  /** The bill's period: 2026-10, or 2026-2027 for a season. */
  readonly period: string
  readonly today: string
  /** Asked only where a due day that is no working day moves on. */
  readonly isWorkday?: (day: string) => boolean
}

/** No row of days off is longer; a calendar without working days must not go on for ever. */
const MOST_DAYS_OFF = 30

/** What is late today by a rule, in words, too. Null while nothing is late, or where the day on which it begins is unknown. */
export function lateFee(rule: LateFeeRule, late: Late): LateFee | null {
  const from = firstDay(rule, late)
  if (from === null || late.today < from || late.principalFen <= 0) return null
  const days = dayIndex(late.today) - dayIndex(from) + 1
  const rate = toScaled(rule.perMilleDay) ?? 0n
  // Fen times thousandths times a million: half of a fen rounds up.
  const divisor = 1_000_000_000n
  const raw = Number((BigInt(late.principalFen) * rate * BigInt(days) * 2n + divisor) / (divisor * 2n))
  const share = toScaled(rule.capShare) ?? 1_000_000n
  const capFen = Number((BigInt(late.principalFen) * share) / 1_000_000n)
  const minFen = parseYuan(rule.min) ?? 0
  const amountFen = Math.min(Math.max(raw, minFen), capFen)
  const sum = `欠费 ${formatYuan(late.principalFen)} 元 × ${percentOf(rule)}%/天 × ${days} 天 = ${formatYuan(raw)} 元`
  return {
    amountFen,
    days,
    from,
    words: `${sum}${raw < minFen && minFen <= capFen ? `，不足 ${rule.min} 元按 ${rule.min} 元` : ''}，${capWords(rule, raw > capFen ? capFen : null)}`,
  }
}

function capWords(rule: LateFeeRule, cappedFen: number | null): string {
  const limit =
    rule.capShare === '1' ? '本金' : `本金的 ${fromScaled((toScaled(rule.capShare) ?? 0n) * 100n)}%`
  return cappedFen === null ? `不超过${limit}` : `不超过${limit}，按 ${formatYuan(cappedFen)} 元`
}

/** `0.5` thousandths → 0.05, the percent that residents read. */
function percentOf(rule: LateFeeRule): string {
  return fromScaled((toScaled(rule.perMilleDay) ?? 0n) / 10n)
}

function firstDay(rule: LateFeeRule, { dueOn, period, isWorkday }: Late): string | null {
  if (rule.from !== 'after-due') return `${period.slice(0, 4)}-${rule.from}`
  if (dueOn === null) return null
  let due = dayIndex(dueOn)
  if (rule.dayOff === 'next-working' && isWorkday)
    for (let moved = 0; moved < MOST_DAYS_OFF && !isWorkday(dayAt(due)); moved++) due++
  return dayAt(due + 1)
}

/** The rule in one sentence, for the page of prices. */
export function lateFeeWords(rule: LateFeeRule): string {
  const [month = '', day = ''] = rule.from === 'after-due' ? [] : rule.from.split('-')
  const since = rule.from === 'after-due' ? '过了缴费截止日' : `${Number(month)}月${Number(day)}日起`
  const least = (parseYuan(rule.min) ?? 0) === 0 ? '' : `，最少 ${fromScaled(toScaled(rule.min) ?? 0n)} 元`
  const moved = rule.dayOff === 'same' ? '' : '（截止日遇休息日顺延到下一个工作日）'
  return `${since}${moved}，每天按欠费的 ${percentOf(rule)}% 收违约金${least}，${capWords(rule, null)}`
}
