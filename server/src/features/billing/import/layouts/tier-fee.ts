import { fromScaled, productToFen, times, toScaled, type Scaled } from '../../../../core/decimal'
import type { PeriodPrices, TierFacts } from './types'

export interface TieredUse {
  /** Fee by the price list, halves up to the fen. */
  readonly feeFen: number
  /** Whether the tiers together are the whole use. */
  readonly complete: boolean
  readonly tiers: TierFacts['tiers']
}

const scaledPrices = new Map<string, Scaled | null>()

/** The handful of prices in the configuration is the same for every record. */
function scaledPrice(price: string): Scaled | null {
  const known = scaledPrices.get(price)
  if (known !== undefined) return known
  const scaled = toScaled(price)
  scaledPrices.set(price, scaled)
  return scaled
}

/** What is collected with each unit, halves up to the fen. */
export function priceCharge(used: Scaled, price: string): number {
  const scaled = scaledPrice(price)
  if (scaled === null) throw new Error(`the price of a charge ${price} is no number`)
  return productToFen(times(used, scaled))
}

/** Prices an estimated use at one price (一抄一估): however the export splits it, it is one line. */
export function priceFlat(quantities: readonly Scaled[], used: Scaled, price: string): TieredUse {
  const scaled = scaledPrice(price)
  if (scaled === null) throw new Error(`the price of estimated use ${price} is no number`)
  const sum = quantities.reduce((total, quantity) => total + quantity, 0n)
  return {
    feeFen: productToFen(times(used, scaled)),
    complete: sum === used,
    tiers: [{ quantity: fromScaled(used), price, upTo: null }],
  }
}

/** Prices a use that the export has split into tiers. The split is the utility's; the prices are the configuration's. */
export function priceTiers(quantities: readonly Scaled[], used: Scaled, prices: PeriodPrices): TieredUse {
  let product = 0n
  let sum = 0n
  const tiers = quantities.map((quantity, index) => {
    const tier = prices.tiers[index]
    const price = tier === undefined ? null : scaledPrice(tier.price)
    if (tier === undefined || price === null)
      throw new Error(`the configuration has no price for tier ${index + 1}`)
    product += times(quantity, price)
    sum += quantity
    return { quantity: fromScaled(quantity), price: tier.price, upTo: tier.upTo }
  })
  return { feeFen: productToFen(product), complete: sum === used, tiers }
}
