/** How much many households used, as counts of rounded quantities: thousandths → households. */
export type PeerCounts = Map<number, number>

/**
 * The rounded quantity under which a household is counted: halves up to 20 units, whole ones up to 100, fives up to 500,
 * and two digits beyond. It is also the exactness of the median that neighbours read.
 */
export function roundedMilli(quantityMilli: number): number {
  const step =
    quantityMilli < 20_000
      ? 500
      : quantityMilli < 100_000
        ? 1_000
        : quantityMilli < 500_000
          ? 5_000
          : 10 ** (String(quantityMilli).length - 2)
  return Math.round(quantityMilli / step) * step
}

/** A home that used nothing stood empty, and is like nobody's who lives in theirs. */
export function addHousehold(counts: PeerCounts, quantityMilli: number): void {
  if (quantityMilli <= 0) return
  const rounded = roundedMilli(quantityMilli)
  counts.set(rounded, (counts.get(rounded) ?? 0) + 1)
}

export const countsToJson = (counts: PeerCounts): string => JSON.stringify([...counts])
// Only countsToJson writes this column.
export const countsFromJson = (text: string): PeerCounts => new Map(JSON.parse(text) as [number, number][])

export const householdsIn = (counts: PeerCounts): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/**
 * The median of all but one's own household, which is taken out under its own rounded figure; null where fewer than
 * `atLeast` others have one. Of an even number it is the lower of the two in the middle, so it is never a new number.
 */
export function medianOfOthers(
  counts: PeerCounts,
  ownMilli: number | null,
  atLeast: number,
): { medianMilli: number; others: number } | null {
  const left = new Map(counts)
  const own = ownMilli === null || ownMilli <= 0 ? null : roundedMilli(ownMilli)
  if (own !== null && (left.get(own) ?? 0) > 0) left.set(own, (left.get(own) ?? 1) - 1)
  const others = householdsIn(left)
  if (others < atLeast) return null
  let before = 0
  for (const [milli, count] of [...left].toSorted(([a], [b]) => a - b)) {
    before += count
    if (before * 2 >= others) return { medianMilli: milli, others }
  }
  return null
}
