import type { CompanyConfig } from '../../core/config/companies'
import { fromScaled, toScaled } from '../../core/decimal'
import { dayAt, dayIndex, nextMonth } from './day-of-year'
import { priceOf } from './price-of'
import type { RulePack } from './rule-pack'
import type { PriceListView, Reckoned } from './schema'
import { packsOfCompany } from './tariff-of'
import { tierProgress } from './tier-progress'
import { progressWords } from './progress-words'

/** The next list that is announced but not in force; null when none is. */
export function comingList(company: CompanyConfig, today: string): RulePack | null {
  return packsOfCompany(company).find(({ validFrom }) => validFrom !== null && validFrom > today) ?? null
}

const LARGE_FLAT = 200

/** What a resident may be asked for so that this list can say an amount; null where it cannot. */
export function whatCanBeReckoned({ values: { tiers, area } }: RulePack): PriceListView['calculator'] {
  const none = { every: null, months: false, peopleAbove: null, other: false, stopped: false }
  if (area) {
    const { other, stoppedShare, per } = area
    return {
      ...none,
      by: 'area',
      months: per === 'month',
      other: other !== undefined,
      stopped: stoppedShare !== undefined,
      sliderMax: LARGE_FLAT,
    }
  }
  if (!tiers || tiers.steps.some(({ price }) => price === undefined)) return null
  return {
    ...none,
    by: 'tiers',
    every: tiers.every,
    months: tiers.every === 'month',
    peopleAbove: tiers.people?.above ?? null,
    sliderMax: sliderMax(Number(tiers.steps.at(-2)?.upTo ?? LARGE_FLAT)),
  }
}

/** Round enough that a thumb can stop at it. */
function sliderMax(lastBreak: number): number {
  const step = lastBreak > 1000 ? 500 : 50
  return Math.ceil((lastBreak * 1.5) / step) * step
}

export interface Asked {
  readonly quantity: string
  readonly usedBefore?: string | undefined
  readonly people?: number | undefined
  readonly months?: number | undefined
  readonly customer?: 'resident' | 'other' | undefined
  readonly stopped?: 'yes' | undefined
}

/** What it comes to by one list alone, as if it held all the time; null where the list does not say. */
export function reckon(pack: RulePack, asked: Asked, today: string): Reckoned | null {
  const always: RulePack = { ...pack, validFrom: null, validUntil: null }
  const priced = pack.values.area ? byArea(always, asked) : byTiers(always, asked, today)
  if (priced === null) return null
  return { title: pack.title, source: pack.source, validFrom: pack.validFrom, unit: pack.unit, ...priced }
}

type Sum = Pick<Reckoned, 'lines' | 'totalFen' | 'marginalPrice' | 'position'>

function byTiers(pack: RulePack, asked: Asked, today: string): Sum | null {
  const { tiers } = pack.values
  const months = tiers?.every === 'month' ? (asked.months ?? 1) : 1
  const from = `${today.slice(0, 8)}01`
  let after = from
  for (let month = 0; month < months; month++) after = nextMonth(after)
  const usedBefore = tiers?.every === 'year' ? (asked.usedBefore ?? '0') : '0'
  const people = asked.people ?? null
  const priced = priceOf(pack, {
    from,
    to: dayAt(dayIndex(after) - 1),
    quantity: asked.quantity,
    usedBefore,
    people,
  })
  if (priced === null) return null
  const lines = new Map<string, Reckoned['lines'][number]>()
  for (const { tier, charge, season, unitPrice, quantity, amountFen } of priced.lines) {
    const label = charge ?? `${season ?? ''}第${tier ?? 1}档`
    const before = lines.get(label)
    lines.set(label, {
      label,
      unitPrice,
      quantity: before ? sumOf(before.quantity, quantity) : quantity,
      amountFen: (before?.amountFen ?? 0) + amountFen,
    })
  }
  const used = sumOf(usedBefore, asked.quantity)
  const progress = months === 1 ? tierProgress(pack, { on: today, used, people }) : null
  return {
    lines: [...lines.values()].sort(
      (a, b) => placeOf(a.label, pack) - placeOf(b.label, pack) || (a.label < b.label ? -1 : 1),
    ),
    totalFen: priced.totalFen,
    marginalPrice: priced.marginalPrice,
    position: progress === null ? null : progressWords(progress, pack.unit),
  }
}

/** Charges stand behind the tiers, in the order of the list. */
const placeOf = (label: string, { values }: RulePack): number =>
  values.charges.findIndex(({ name }) => name === label)

const sumOf = (a: string, b: string): string => fromScaled((toScaled(a) ?? 0n) + (toScaled(b) ?? 0n))

const UNIT = 1_000_000n

function byArea(pack: RulePack, asked: Asked): Sum | null {
  const { area } = pack.values
  const price = asked.customer === 'other' ? area?.other : area?.resident
  const share = asked.stopped === undefined ? '1' : area?.stoppedShare
  if (area === undefined || price === undefined || share === undefined) return null
  const months = area.per === 'month' ? (asked.months ?? 1) : 1
  const product =
    (toScaled(asked.quantity) ?? 0n) * (toScaled(price) ?? 0n) * (toScaled(share) ?? UNIT) * BigInt(months)
  // Three scaled factors in yuan to fen, halves up, rounded once.
  const divisor = UNIT * UNIT * UNIT
  const totalFen = Number((product * 200n + divisor) / (divisor * 2n))
  const stopped = asked.stopped === undefined ? '' : `，报停按 ${fromScaled((toScaled(share) ?? 0n) * 100n)}%`
  const label = `${asked.customer === 'other' ? '非居民' : '居民'}热费${months > 1 ? `，${months} 个月` : ''}${stopped}`
  return {
    lines: [{ label, quantity: asked.quantity, unitPrice: price, amountFen: totalFen }],
    totalFen,
    marginalPrice: null,
    position: null,
  }
}
