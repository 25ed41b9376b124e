import { fromScaled, type Scaled } from '../../../../core/decimal'
import { readByOf } from './read-by'
import { priceCharge, priceFlat, priceTiers } from './tier-fee'
import type { BillReading, ChargeFacts, PeriodPrices } from './types'

const ONE = 1_000_000n
/** Stands behind the amounts that an estimated record is compared by. */
const ESTIMATED = 1

/** One record of a meter, as every trade's export says it in its own columns. */
interface MeteredRecord {
  readonly meterNo: string
  readonly previous: Scaled
  readonly current: Scaled
  readonly multiplier?: Scaled
  readonly used: Scaled
  /** The use as the export splits it into tiers. */
  readonly quantities: readonly Scaled[]
  readonly feeFen: number
  /** What the export says is collected besides, by name; null where it has no such column. */
  readonly charges?: Readonly<Record<string, number | null>>
  /** Absent where the export has no such column. */
  readonly lateFeeFen?: number
  readonly readOn: string
  readonly dueOn: string
  /** 抄表方式; empty where the export does not say it. */
  readonly method: string
}

/** The bill of a meter: its use priced by tiers, or flat where nobody read it and the list says so (一抄一估). */
export function meteredBill(record: MeteredRecord, prices: PeriodPrices): BillReading {
  const { previous, current, used, quantities, feeFen, lateFeeFen } = record
  const multiplier = record.multiplier ?? ONE
  const readBy = readByOf(record.method)
  const isEstimated = readBy === 'estimated'
  const priced =
    isEstimated && prices.estimatedPrice !== null
      ? priceFlat(quantities, used, prices.estimatedPrice)
      : priceTiers(quantities, used, prices)
  const { charges, isComplete } = chargesOf(record, prices)
  const amounts = [
    feeFen,
    ...charges.map(({ amountFen }) => amountFen),
    ...(lateFeeFen === undefined ? [] : [lateFeeFen]),
  ]
  return {
    owedFen: amounts.reduce((sum, fen) => sum + fen, 0),
    lateFeeFen: lateFeeFen ?? 0,
    // A real reading that comes to the same amount still changes what the bill says of itself.
    comparedFen: isEstimated ? [...amounts, ESTIMATED] : amounts,
    readingBackwards: current < previous,
    mismatch:
      (current - previous) * multiplier !== used * ONE ||
      !priced.complete ||
      priced.feeFen !== feeFen ||
      !isComplete,
    dueOn: record.dueOn,
    facts: {
      basis: 'tiers',
      meterNo: record.meterNo,
      previous: fromScaled(previous),
      current: fromScaled(current),
      multiplier: multiplier === ONE ? null : fromScaled(multiplier),
      used: fromScaled(used),
      readOn: record.readOn,
      readBy,
      tiers: priced.tiers,
      feeFen,
      ...(charges.length > 0 ? { charges } : {}),
      lateFeeFen: lateFeeFen ?? 0,
    },
  }
}

/** The charges as lines of the bill. They are complete when each is what the list says for this use. */
function chargesOf(
  { charges = {}, used }: MeteredRecord,
  prices: PeriodPrices,
): { charges: ChargeFacts[]; isComplete: boolean } {
  const lines: ChargeFacts[] = []
  let isComplete = true
  for (const [name, amountFen] of Object.entries(charges)) {
    if (amountFen === null) continue
    const listed = prices.charges.find((one) => one.name === name)
    const expectedFen = listed === undefined ? 0 : priceCharge(used, listed.price)
    if (expectedFen !== amountFen) isComplete = false
    if (listed !== undefined) lines.push({ name, price: listed.price, amountFen })
  }
  return { charges: lines, isComplete }
}
