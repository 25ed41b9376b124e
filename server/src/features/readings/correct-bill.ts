import { fromScaled, toScaled } from '../../core/decimal'

/** An estimated bill as far as a correction needs it. */
export interface EstimatedBill {
  readonly previous: string
  readonly current: string
  readonly multiplier: string | null
  readonly feeFen: number
}

export interface CorrectionLine {
  readonly label: string
  readonly quantity: string
  /** Yuan per unit. */
  readonly price: string
  readonly amountFen: number
}
/** What a use costs; null where nobody says the prices. */
export type Pricing = (
  used: string,
) => { readonly totalFen: number; readonly lines: readonly CorrectionLine[] } | null

export interface Correction {
  /** Whole units, as bills count them. */
  readonly reading: string
  readonly used: string
  readonly estimatedUsed: string
  readonly estimatedFeeFen: number
  /** Null where the prices are not known. */
  readonly feeFen: number | null
  /** Negative: comes back; positive: still to pay. */
  readonly differenceFen: number | null
  readonly lines: readonly CorrectionLine[]
}

const ONE = 1_000_000n

/**
 * What an estimated bill would be by the reading that was really on the meter: its use at the real prices, and the
 * difference (多退少补). Bills count whole units, so decimals are left off. `rolledOver` adds a round of a counter of so
 * many digits. Null where the reading lies before the bill's own beginning.
 */
export function correctBill(
  bill: EstimatedBill,
  value: string,
  price: Pricing,
  round: { readonly rolledOver: boolean; readonly integerDigits: number },
): Correction | null {
  const [previous, current, read] = [toScaled(bill.previous), toScaled(bill.current), toScaled(value)]
  if (previous === null || current === null || read === null) return null
  const whole = read - (read % ONE)
  const turned = whole + (round.rolledOver ? 10n ** BigInt(round.integerDigits) * ONE : 0n)
  if (turned < previous) return null
  const multiplier = toScaled(bill.multiplier ?? '1') ?? ONE
  const used = fromScaled(((turned - previous) * multiplier) / ONE)
  const priced = price(used)
  return {
    reading: fromScaled(whole),
    used,
    estimatedUsed: fromScaled(((current - previous) * multiplier) / ONE),
    estimatedFeeFen: bill.feeFen,
    feeFen: priced?.totalFen ?? null,
    differenceFen: priced === null ? null : priced.totalFen - bill.feeFen,
    lines: priced?.lines ?? [],
  }
}
