import { DAY_MS, shanghaiDayStart } from '../../core/clock'

/** What is known of a meter on one day. `real`: somebody looked at it, or it told by itself; false: an estimate. */
export interface KnownRead {
  /** Shanghai day, such as 2026-11-20. */
  readonly day: string
  /** As the counter showed it. */
  readonly value: number
  readonly real: boolean
}

export interface MeterLimits {
  readonly integerDigits: number
  /** Units a day that are too many for any home; only where there is no history to compare with. */
  readonly mostPerDay: number
  /** Differences up to so many units never matter. */
  readonly smallUnits: number
}

/**
 * - `backwards`: less than the meter showed before; `zero`: nothing was used in a home that uses; `low`, `high`: far
 *   from what this home uses; each of these goes to a person
 * - `rollover`: the counter went round; `below_estimate`: the company had guessed more; `thin`: too little is known to
 *   compare with. These are said, and hold up nothing
 */
export type Finding = 'backwards' | 'zero' | 'low' | 'high' | 'rollover' | 'below_estimate' | 'thin'
const DOUBTS: ReadonlySet<Finding> = new Set(['backwards', 'zero', 'low', 'high'])

export interface Judgement {
  readonly isDoubtful: boolean
  readonly findings: readonly Finding[]
  /** Since the last real read, in the meter's units; null where none is known, or backwards. */
  readonly used: number | null
  readonly days: number | null
  /** Between which the use of these days would be no surprise; null where too little is known. */
  readonly usual: { readonly from: number; readonly to: number } | null
}

/** Units a day over a span of days. */
interface Rate {
  readonly from: number
  readonly to: number
  readonly perDay: number
}

const RECENT_SPANS = 6
/** Fewer days of history than this are too few to know a home by. */
const KNOWN_DAYS = 45
/** A home of which less than this is expected may well have used nothing. */
const NOTICED_UNITS = 3
const AWAY_DAYS = 15
/** How far from the usual is far: homes differ from month to month by a half, wrong digits by a multiple. */
const HIGH_OF_MEAN = 2.6
const HIGH_OF_MOST = 1.7
const LOW_OF_MEAN = 0.3
const LOW_OF_LEAST = 0.45
/** A counter goes round only from close to its end. */
const NEAR_THE_END = 0.9

const dayNumber = (day: string): number => Math.round(shanghaiDayStart(day) / DAY_MS)

/**
 * How well a reading fits what is known of its meter. It blocks nothing: what is doubtful goes to a person. Pure; the
 * numbers are compared and never charged, so floats do. `history` oldest first.
 */
export function judgeReading(
  reading: { readonly day: string; readonly value: number },
  history: readonly KnownRead[],
  limits: MeterLimits,
): Judgement {
  const real = history.filter((read) => read.real)
  const last = real.at(-1)
  if (last === undefined)
    return { isDoubtful: false, findings: ['thin'], used: null, days: null, usual: null }
  const today = dayNumber(reading.day)
  const days = Math.max(0, today - dayNumber(last.day))
  const bounds = boundsOf(real, { today, days, limits })
  const { used, findings } = useSince(reading.value, last.value, bounds.most, limits)
  if (used === null) return { isDoubtful: true, findings, used, days, usual: bounds.usual }
  const found = [...findings, ...againstUsual(used, days, bounds)]
  const guess = history.at(-1)
  if (guess !== undefined && !guess.real && reading.value < guess.value && !found.includes('rollover'))
    found.push('below_estimate')
  return {
    isDoubtful: found.some((one) => DOUBTS.has(one)),
    findings: found,
    used,
    days,
    usual: bounds.usual,
  }
}

interface Bounds {
  readonly usual: Judgement['usual']
  /** Expected in these days; null where too little is known. */
  readonly expected: number | null
  /** The most that is no surprise. */
  readonly most: number
}

function boundsOf(
  real: readonly KnownRead[],
  { today, days, limits }: { today: number; days: number; limits: MeterLimits },
): Bounds {
  const rates = ratesOf(real, limits.integerDigits)
  const known = rates.reduce((sum, { from, to }) => sum + to - from, 0)
  if (known < KNOWN_DAYS)
    return { usual: null, expected: null, most: limits.mostPerDay * days + limits.smallUnits }
  const recent = rates.slice(-RECENT_SPANS)
  const season = seasonRate(rates, today - days, today)
  const recentMean = meanRate(recent)
  // The same weeks of last year say more about a winter than the autumn before it does.
  const mean = season === null ? recentMean : 0.6 * season + 0.4 * recentMean
  const all = [...recent.map(({ perDay }) => perDay), ...(season === null ? [] : [season])]
  const from = Math.max(
    0,
    Math.min(LOW_OF_MEAN * mean, LOW_OF_LEAST * Math.min(...all)) * days - limits.smallUnits,
  )
  const to = Math.max(HIGH_OF_MEAN * mean, HIGH_OF_MOST * Math.max(...all)) * days + limits.smallUnits
  return { usual: { from: Math.floor(from), to: Math.ceil(to) }, expected: mean * days, most: to }
}

/** Since the last real read; a counter that went round is known by being close to its end, and by a usual use. */
function useSince(
  value: number,
  last: number,
  most: number,
  { integerDigits }: MeterLimits,
): { used: number | null; findings: Finding[] } {
  if (value >= last) return { used: value - last, findings: [] }
  const round = 10 ** integerDigits
  const wrapped = round - last + value
  if (last >= NEAR_THE_END * round && wrapped <= most) return { used: wrapped, findings: ['rollover'] }
  return { used: null, findings: ['backwards'] }
}

function againstUsual(used: number, days: number, { usual, expected, most }: Bounds): Finding[] {
  if (usual === null || expected === null) return used > most ? ['thin', 'high'] : ['thin']
  if (used > usual.to) return ['high']
  if (used === 0 && days >= AWAY_DAYS && expected >= NOTICED_UNITS) return ['zero']
  return used < usual.from ? ['low'] : []
}

function ratesOf(real: readonly KnownRead[], integerDigits: number): Rate[] {
  const rates: Rate[] = []
  for (const [index, read] of real.entries()) {
    const before = real[index - 1]
    if (before === undefined) continue
    const [from, to] = [dayNumber(before.day), dayNumber(read.day)]
    const used =
      read.value >= before.value ? read.value - before.value : read.value + 10 ** integerDigits - before.value
    if (to > from) rates.push({ from, to, perDay: used / (to - from) })
  }
  return rates
}

function meanRate(rates: readonly Rate[]): number {
  const days = rates.reduce((sum, { from, to }) => sum + to - from, 0)
  return days === 0 ? 0 : rates.reduce((sum, { from, to, perDay }) => sum + perDay * (to - from), 0) / days
}

const YEAR_DAYS = 365

/** What the same days of last year used; null where less than half of them is known. */
function seasonRate(rates: readonly Rate[], from: number, to: number): number | null {
  const wanted = Math.max(1, to - from)
  let known = 0
  let used = 0
  for (const rate of rates) {
    const overlap = Math.min(rate.to, to - YEAR_DAYS) - Math.max(rate.from, from - YEAR_DAYS)
    if (overlap <= 0) continue
    known += overlap
    used += overlap * rate.perDay
  }
  return known * 2 < wanted ? null : used / known
}
