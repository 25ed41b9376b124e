import type { MonthUsage, SeasonUsage } from './month-usage'
import { shareOutExactly } from './share-out-exactly'

export type PartKind =
  | 'days'
  | 'quantity'
  | 'correction'
  | 'tier'
  | 'price'
  | 'lateFee'
  | 'area'
  | 'share'
  | 'reduction'
  | 'received'
  | 'other'

export interface Part {
  readonly kind: PartKind
  /** Positive where it makes this bill higher. All parts of a difference sum exactly to it. */
  readonly amountFen: number
}

/** A month with the one before it, which tells what an estimate left to be made up for. */
export interface ExplainedMonth {
  readonly month: MonthUsage
  readonly before: MonthUsage | null
}

/**
 * Why one month's bill differs from an earlier one's. Use is valued at the earlier bill's first price: more days, more
 * a day, and what an estimate had missed; what dearer tiers add is `tier`; what other prices add, at the later use, is
 * `price`. Quantities and prices are whole numbers, so nothing is lost, and the fen are shared out at the end.
 */
export function explainMonths(later: ExplainedMonth, earlier: ExplainedMonth): Part[] {
  const [now, then] = [later.month, earlier.month]
  const firstPrice = priceOf(then.tiers[0]?.price ?? now.tiers[0]?.price ?? '0')
  const thenPrices = now.tiers.map((tier, index) => priceOf(then.tiers[index]?.price ?? tier.price))
  const splitNow = now.tiers.map(({ quantity }) => millionths(quantity))
  const [usedNow, usedThen] = [now, then].map(({ quantityMilli }) => BigInt(quantityMilli) * 1000n)
  const sum = (terms: readonly bigint[]): bigint => terms.reduce((total, term) => total + term, 0n)
  const atThenPrices = sum(splitNow.map((quantity, index) => quantity * (thenPrices[index] ?? 0n)))
  const atOwn = (month: MonthUsage): bigint =>
    sum(month.tiers.map(({ quantity, price }) => millionths(quantity) * priceOf(price)))
  const nowUsed = usedNow ?? 0n
  const thenUsed = usedThen ?? 0n
  const [missedNow, missedThen] = [missedBy(later), missedBy(earlier)]
  const usualThen = thenUsed - missedThen
  const overDays =
    now.days === null || then.days === null || then.days === 0
      ? usualThen
      : (usualThen * BigInt(now.days)) / BigInt(then.days)
  const exact: [PartKind, bigint][] = [
    ['days', (overDays - usualThen) * firstPrice],
    ['quantity', (nowUsed - missedNow - overDays) * firstPrice],
    ['correction', (missedNow - missedThen) * firstPrice],
    ['tier', atThenPrices - nowUsed * firstPrice - (atOwn(then) - thenUsed * firstPrice)],
    ['price', atOwn(now) - atThenPrices],
  ]
  const lateFen = now.lateFeeFen - then.lateFeeFen
  const rest = (month: MonthUsage): number => month.amountFen - month.lateFeeFen - month.feeFen
  return together([
    ...shareOutExactly(exact, now.feeFen - then.feeFen),
    { kind: 'lateFee', amountFen: lateFen },
    { kind: 'other', amountFen: rest(now) - rest(then) },
  ])
}

/**
 * What was read this time although it was used before: after an estimate, the two periods together are what was really
 * used, and each day counts the same. Positive when the estimate was too low. In millionths of the unit.
 */
function missedBy({ month, before }: ExplainedMonth): bigint {
  if (before === null || !before.estimated || month.estimated) return 0n
  if (month.days === null || before.days === null) return 0n
  const both = BigInt(month.quantityMilli + before.quantityMilli) * 1000n
  const fair = (both * BigInt(month.days)) / BigInt(month.days + before.days)
  return BigInt(month.quantityMilli) * 1000n - fair
}

/** Why one season's bill differs from an earlier one's: area, price, the share of a stopped supply, what was let off. */
export function explainSeasons(later: SeasonUsage, earlier: SeasonUsage): Part[] {
  const [now, then] = [later.facts, earlier.facts]
  const [areaNow, areaThen] = [millionths(now.area), millionths(then.area)]
  const [priceNow, priceThen] = [priceOf(now.price), priceOf(then.price)]
  const [shareNow, shareThen] = [millionths(now.share ?? '1'), millionths(then.share ?? '1')]
  const exact: [PartKind, bigint][] = [
    ['area', (areaNow - areaThen) * priceThen * shareThen],
    ['price', areaNow * (priceNow - priceThen) * shareThen],
    ['share', areaNow * priceNow * (shareNow - shareThen)],
  ]
  const gross = shareOutExactly(
    exact.map(([kind, value]) => [kind, value / MILLION] as const),
    now.grossFen - then.grossFen,
  )
  const rest = ({ amountFen, facts }: SeasonUsage): number =>
    amountFen - (facts.grossFen - facts.reductionFen - facts.receivedFen + facts.lateFeeFen)
  return together([
    ...gross,
    { kind: 'reduction', amountFen: then.reductionFen - now.reductionFen },
    { kind: 'received', amountFen: then.receivedFen - now.receivedFen },
    { kind: 'lateFee', amountFen: now.lateFeeFen - then.lateFeeFen },
    { kind: 'other', amountFen: rest(later) - rest(earlier) },
  ])
}

/** Each kind once, and none that says nothing. */
function together(parts: readonly Part[]): Part[] {
  const byKind = new Map<PartKind, number>()
  for (const { kind, amountFen } of parts) byKind.set(kind, (byKind.get(kind) ?? 0) + amountFen)
  return [...byKind].flatMap(([kind, amountFen]) => (amountFen === 0 ? [] : [{ kind, amountFen }]))
}

const MILLION = 1_000_000n

/** Text with at most six decimals → millionths. */
function millionths(text: string): bigint {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text)
  return match ? BigInt(match[1] ?? 0) * MILLION + BigInt((match[2] ?? '').padEnd(6, '0')) : 0n
}
/** Yuan per unit → millionths of a yuan. */
const priceOf = millionths
