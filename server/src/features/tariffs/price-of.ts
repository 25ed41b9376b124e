import { fromScaled, productToFen, times, toScaled, type Scaled } from '../../core/decimal'
import { breaksOf, type Cycle, cycleOf, type Household, roundedShare } from './cycle'
import { dayAt, dayIndex } from './day-of-year'
import { packOn } from './packs-of'
import type { RulePack } from './rule-pack'

export interface Use extends Household {
  /** The first and the last day of the period, both counted. */
  readonly from: string
  readonly to: string
  /** Units as text such as 25 or 12.5. */
  readonly quantity: string
  /** Units of the first day's cycle that were used before it. */
  readonly usedBefore?: string
  /** The reading was estimated: flat, where the pack says so. */
  readonly estimated?: boolean
}

export interface PricedLine {
  readonly from: string
  readonly to: string
  /** 1 is the first; null for a flat price and for a charge. */
  readonly tier: number | null
  /** The name of what is collected with each unit besides (污水处理费); null for the supply itself. */
  readonly charge: string | null
  readonly season: string | null
  readonly quantity: string
  /** Yuan per unit as text. */
  readonly unitPrice: string
  /** The difference of rounded sums, so that the lines add up to the total. */
  readonly amountFen: number
  /** By which rule. */
  readonly pack: RulePack
}
export interface Priced {
  readonly lines: readonly PricedLine[]
  readonly totalFen: number
  /** What one unit more would cost, charges included, yuan as text. */
  readonly marginalPrice: string
  /** Days of the period on which another price list or another cycle began. */
  readonly splitOn: readonly string[]
}

/** Days of one period under one pack and in one cycle. */
interface Span {
  readonly from: string
  readonly to: string
  readonly pack: RulePack
  readonly cycle: Cycle | null
}

/** No bill has more parts; a longer span is not a bill's. */
const MOST_SPANS = 60

/**
 * What a use costs by the packs of one city and kind. Where a price list or a cycle changes within the period, the use
 * is shared out by days, to two places, so that the parts are the whole; the count of units goes on within a cycle
 * whatever the price list. Halves of a fen round up, once, at the end, and once for each charge. Null where the packs do not say what it costs:
 * days without a pack, no tiers, or prices of which only the differences are known.
 */
export function priceOf(packs: RulePack | readonly RulePack[], use: Use): Priced | null {
  const spans = spansOf('city' in packs ? [packs] : packs, use)
  if (spans === null) return null
  const parts = shareByDays(use, spans)
  const counts = new Map<string, Scaled>()
  const first = spans[0]?.cycle
  if (first) counts.set(first.key, toScaled(use.usedBefore ?? '0') ?? 0n)
  const sum = emptySum()
  const charges = new Map<string, Sum>()
  let marginalPrice = ''
  for (const [index, span] of spans.entries()) {
    const quantity = parts[index] ?? 0n
    if (span.cycle === null) marginalPrice = addFlat(sum, span, quantity)
    else {
      const before = counts.get(span.cycle.key) ?? 0n
      marginalPrice = addTiers(sum, { ...span, cycle: span.cycle }, { before, quantity, use })
      counts.set(span.cycle.key, before + quantity)
    }
    addCharges(charges, span, quantity)
  }
  const sums = [sum, ...charges.values()]
  return {
    lines: sums.flatMap(({ lines }) => shownLines(lines)),
    totalFen: sums.reduce((total, { fen }) => total + fen, 0),
    marginalPrice: priceWithCharges(marginalPrice, spans.at(-1)?.pack.values.charges ?? []),
    splitOn: spans.slice(1).map(({ from }) => from),
  }
}

/** A period without use still shows its price: one line of nothing. */
function shownLines(lines: readonly PricedLine[]): PricedLine[] {
  const used = lines.filter(({ quantity }) => quantity !== '0')
  return used.length > 0 ? used : lines.slice(0, 1)
}

function spansOf(packs: readonly RulePack[], use: Use): Span[] | null {
  const spans: Span[] = []
  let from = use.from
  while (from <= use.to) {
    const pack = packOn(packs, from)
    if (pack === null || spans.length === MOST_SPANS) return null
    const flat = use.estimated === true && pack.values.estimate !== undefined
    const { tiers } = pack.values
    if (!flat && (tiers === undefined || tiers.steps.some(({ price }) => price === undefined))) return null
    const cycle = flat || tiers === undefined ? null : cycleOf(tiers, from, use)
    const ends = [use.to, pack.validUntil ?? use.to, cycle?.last ?? use.to]
    const to = ends.toSorted()[0] ?? use.to
    spans.push({ from, to, pack, cycle })
    from = dayAt(dayIndex(to) + 1)
  }
  return spans.length === 0 ? null : spans
}

function shareByDays(use: Use, spans: readonly Span[]): Scaled[] {
  const quantity = toScaled(use.quantity) ?? 0n
  const start = dayIndex(use.from)
  const days = dayIndex(use.to) - start + 1
  let before = 0n
  return spans.map(({ to }) => {
    const upTo = roundedShare(quantity, dayIndex(to) - start + 1, days)
    const part = upTo - before
    before = upTo
    return part
  })
}

interface Sum {
  product: bigint
  fen: number
  readonly lines: PricedLine[]
}

const emptySum = (): Sum => ({ product: 0n, fen: 0, lines: [] })

function addCharges(sums: Map<string, Sum>, { from, to, pack }: Span, quantity: Scaled): void {
  for (const { name, price } of pack.values.charges) {
    const sum = sums.get(name) ?? emptySum()
    sums.set(name, sum)
    add(sum, { from, to, tier: null, charge: name, season: null, unitPrice: price, pack }, quantity)
  }
}

/** A tier's price together with what is collected with each unit besides; text as it is in the list. */
export function priceWithCharges(price: string, charges: readonly { readonly price: string }[]): string {
  if (charges.length === 0) return price
  return fromScaled(charges.reduce((sum, one) => sum + (toScaled(one.price) ?? 0n), toScaled(price) ?? 0n))
}

function add(sum: Sum, line: Omit<PricedLine, 'quantity' | 'amountFen'>, quantity: Scaled): void {
  sum.product += times(quantity, toScaled(line.unitPrice) ?? 0n)
  const fen = productToFen(sum.product)
  sum.lines.push({ ...line, quantity: fromScaled(quantity), amountFen: fen - sum.fen })
  sum.fen = fen
}

function addFlat(sum: Sum, { from, to, pack }: Span, quantity: Scaled): string {
  const unitPrice = pack.values.estimate?.price ?? '0'
  add(sum, { from, to, tier: null, charge: null, season: null, unitPrice, pack }, quantity)
  return unitPrice
}

function addTiers(
  sum: Sum,
  { from, to, pack, cycle }: Span & { readonly cycle: Cycle },
  { before, quantity, use }: { before: Scaled; quantity: Scaled; use: Use },
): string {
  const { tiers } = pack.values
  const breaks = tiers === undefined ? [] : breaksOf(tiers, cycle, use, use)
  const after = before + quantity
  let low = 0n
  let marginalPrice = ''
  for (const [index, { price }] of cycle.steps.entries()) {
    const high = breaks[index] ?? null
    const unitPrice = price ?? '0'
    const start = before > low ? before : low
    const end = high === null || after < high ? after : high
    // Where nothing was used, the tier that the next unit falls into says its price.
    const here = before >= low && (high === null || before < high)
    if (end > start || (quantity === 0n && here))
      add(
        sum,
        { from, to, tier: index + 1, charge: null, season: cycle.season, unitPrice, pack },
        end > start ? end - start : 0n,
      )
    if (marginalPrice === '' && (high === null || after < high)) marginalPrice = unitPrice
    low = high ?? low
  }
  return marginalPrice
}
