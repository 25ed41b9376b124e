/** Prices by tier as the company publishes them; `upTo` is in whole units, null for no end. */
export type PriceTiers = readonly { readonly price: string; readonly upTo: number | null }[]

/** Ten-thousandths of a yuan times thousandths of a unit, to the fen. */
const PER_FEN = 100_000

/** Yuan per unit with at most four decimals → ten-thousandths. */
function priceUnits(price: string): number {
  const [whole = '0', fraction = ''] = price.split('.')
  return Number(whole) * 10_000 + Number(fraction.padEnd(4, '0').slice(0, 4))
}

/** How a use falls into tiers. The last tier takes what is left, whether it says an end or not. */
export function splitByTiers(tiers: PriceTiers, quantityMilli: number): number[] {
  let from = 0
  return tiers.map(({ upTo }, index) => {
    const isLast = index === tiers.length - 1
    const until = upTo === null || isLast ? Number.POSITIVE_INFINITY : upTo * 1000
    const within = Math.max(0, Math.min(quantityMilli, until) - from)
    from = Math.min(until, Math.max(from, quantityMilli))
    return within
  })
}

/** What a period's use costs, halves up to the fen. */
export function priceByTiers(tiers: PriceTiers, quantityMilli: number): number {
  const sum = splitByTiers(tiers, quantityMilli).reduce(
    (total, milli, index) => total + milli * priceUnits(tiers[index]?.price ?? '0'),
    0,
  )
  return Math.round(sum / PER_FEN)
}

/** Where a use stands among the tiers. */
export interface TierPlace {
  /** 1 for the first. */
  readonly current: number
  readonly price: string
  /** Null in the last tier. */
  readonly leftMilli: number | null
  readonly nextPrice: string | null
  readonly bounds: readonly number[]
}

export function tierPlace(tiers: PriceTiers, usedMilli: number): TierPlace | null {
  const index = tiers.findIndex(({ upTo }) => upTo === null || usedMilli <= upTo * 1000)
  const at = index < 0 ? tiers.length - 1 : index
  const tier = tiers[at]
  if (tier === undefined) return null
  return {
    current: at + 1,
    price: tier.price,
    leftMilli: tier.upTo === null || index < 0 ? null : tier.upTo * 1000 - usedMilli,
    nextPrice: tier.upTo === null ? null : (tiers[at + 1]?.price ?? null),
    bounds: tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo])),
  }
}
