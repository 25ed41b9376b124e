import { toScaled, type Scaled } from '../../core/decimal'
import { dayAt, dayIndex, lastOccurrence, nextMonth, nextOccurrence, wholeMonths } from './day-of-year'
import type { TierRules, TierStep } from './rule-pack'

/** Whose use is priced: what stretches or cuts the tiers. */
export interface Household {
  /** How many live there; null where nobody has said. */
  readonly people?: number | null
  /** The day on which they moved in (过户), where the tiers of the year are theirs only from then on. */
  readonly since?: string | null
}

/** Within one cycle the count of units goes on; with the next it begins again. */
export interface Cycle {
  /** The same for two days exactly when the count goes on from one to the other. */
  readonly key: string
  readonly first: string
  readonly last: string
  readonly season: string | null
  readonly steps: readonly TierStep[]
}

/** The cycle that a day is in; `period` is the bill's own span, which is the cycle where tiers go by its days. */
export function cycleOf(tiers: TierRules, day: string, period: { from: string; to: string }): Cycle {
  const season = tiers.seasons.find(
    ({ from, to }) => lastOccurrence(from, day) > lastOccurrence(to, dayBefore(day)),
  )
  const [first, after] = boundsOf(tiers, day, period)
  if (season) {
    const start = lastOccurrence(season.from, day)
    const end = lastDayOfSeason(season.to, day)
    const yearly = tiers.every === 'year'
    return {
      key: `${tiers.every} ${season.name} ${yearly ? start : first}`,
      first: yearly || first < start ? start : first,
      last: yearly || dayBefore(after) > end ? end : dayBefore(after),
      season: season.name,
      steps: season.steps,
    }
  }
  const nextSeason = tiers.seasons.map(({ from }) => nextOccurrence(from, day)).toSorted()[0]
  const last = dayBefore(nextSeason !== undefined && nextSeason < after ? nextSeason : after)
  return { key: `${tiers.every} ${first}`, first, last, season: null, steps: tiers.steps }
}

const dayBefore = (day: string): string => dayAt(dayIndex(day) - 1)
const lastDayOfSeason = (monthDay: string, day: string): string =>
  day.slice(5) === monthDay ? day : nextOccurrence(monthDay, day)

function boundsOf(tiers: TierRules, day: string, period: { from: string; to: string }): [string, string] {
  if (tiers.every === 'year') return [lastOccurrence(tiers.start, day), nextOccurrence(tiers.start, day)]
  if (tiers.prorate === 'days') return [period.from, dayAt(dayIndex(period.to) + 1)]
  return [`${day.slice(0, 8)}01`, nextMonth(day)]
}

/** The upper ends of the tiers in one cycle, scaled; null for the last. Shares are rounded to two places, halves up. */
export function breaksOf(
  tiers: TierRules,
  cycle: Cycle,
  household: Household,
  period: { from: string; to: string },
): (Scaled | null)[] {
  const { above, addPerPerson } = tiers.people ?? { above: 0, addPerPerson: '0' }
  const more = BigInt(Math.max(0, (household.people ?? 0) - above)) * (toScaled(addPerPerson) ?? 0n)
  const [part, whole] = shareOf(tiers, cycle, household.since ?? null, period)
  return cycle.steps.map(({ upTo }) => {
    if (upTo === null) return null
    const full = (toScaled(upTo) ?? 0n) + more
    return part === whole ? full : roundedShare(full, part, whole)
  })
}

/** Two places, or all that we keep where the number itself has more than two. */
export function roundedShare(value: Scaled, part: number, whole: number): Scaled {
  const place = value % 10_000n === 0n ? 10_000n : 1n
  const divisor = BigInt(whole) * place
  return ((value * BigInt(part) * 2n + divisor) / (divisor * 2n)) * place
}

/** How much of the whole tiers belongs to this cycle of this household, as part and whole. */
function shareOf(
  tiers: TierRules,
  cycle: Cycle,
  since: string | null,
  period: { from: string; to: string },
): [number, number] {
  if (tiers.prorate === 'none') return [1, 1]
  if (tiers.every === 'month') {
    const months = wholeMonths(period.from, period.to)
    return months === null ? [dayIndex(period.to) - dayIndex(period.from) + 1, 30] : [months, 1]
  }
  if (since === null || since <= cycle.first || since > cycle.last) return [1, 1]
  if (tiers.prorate === 'days')
    return [dayIndex(cycle.last) - dayIndex(since) + 1, dayIndex(cycle.last) - dayIndex(cycle.first) + 1]
  return [monthsTouched(since, cycle.last), monthsTouched(cycle.first, cycle.last)]
}

function monthsTouched(from: string, to: string): number {
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return months(to) - months(from) + 1
}
