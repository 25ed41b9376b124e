import { fromScaled, toScaled } from '../../core/decimal'
import { breaksOf, cycleOf, type Household } from './cycle'
import { dayAt, dayIndex, nextMonth } from './day-of-year'
import { packOn } from './packs-of'
import { priceWithCharges } from './price-of'
import type { RulePack } from './rule-pack'

export interface Progress {
  readonly every: 'month' | 'year'
  /** The cycle's first and last day. */
  readonly from: string
  readonly to: string
  readonly season: string | null
  /** The tier of the last unit that was used; 1 is the first. */
  readonly tier: number
  readonly used: string
  /** Units left at this tier's price; null in the last tier. */
  readonly untilNext: string | null
  /** Yuan per unit as text, charges included; null where the source says differences only. */
  readonly price: string | null
  readonly nextPrice: string | null
  /** What both prices include besides the supply, such as 污水处理费. */
  readonly including: readonly string[]
  readonly bounds: readonly string[]
}

/** Where a household stands on a day, with what it has used in the cycle so far. Null where no tiers hold that day. */
export function tierProgress(
  packs: RulePack | readonly RulePack[],
  { on, used, ...household }: Household & { readonly on: string; readonly used: string },
): Progress | null {
  const pack = packOn('city' in packs ? [packs] : packs, on)
  const tiers = pack?.values.tiers
  if (pack === null || tiers === undefined) return null
  const month = { from: `${on.slice(0, 8)}01`, to: dayAt(dayIndex(nextMonth(on)) - 1) }
  const cycle = cycleOf(tiers, on, month)
  const breaks = breaksOf(tiers, cycle, household, month)
  const count = toScaled(used) ?? 0n
  const index = breaks.findIndex((end) => end === null || count <= end)
  const end = breaks[index] ?? null
  const priceOfStep = (at: number): string | null => {
    const price = cycle.steps[at]?.price
    return price === undefined ? null : priceWithCharges(price, pack.values.charges)
  }
  return {
    every: tiers.every,
    from: cycle.first,
    to: cycle.last,
    season: cycle.season,
    tier: index + 1,
    used: fromScaled(count),
    untilNext: end === null ? null : fromScaled(end - count),
    price: priceOfStep(index),
    nextPrice: priceOfStep(index + 1),
    including: pack.values.charges.map(({ name }) => name),
    bounds: breaks.flatMap((value) => (value === null ? [] : [fromScaled(value)])),
  }
}
