/** A millionth of a unit times a millionth of a yuan; a fen is ten thousand million of them. */
const PER_FEN = 10_000_000_000n

export interface Share<Kind extends string> {
  readonly kind: Kind | 'other'
  readonly amountFen: number
}

/**
 * Exact terms → whole fen that sum to `totalFen`: each is cut down to its fen, and the fen that are left go to the terms
 * that lost most. What the terms do not explain at all, because the company's own sum is another, is `other`.
 */
export function shareOutExactly<Kind extends string>(
  terms: readonly (readonly [Kind, bigint])[],
  totalFen: number,
): Share<Kind>[] {
  const cut = terms.map(([kind, value], index) => {
    const floor = value >= 0n ? value / PER_FEN : -((-value + PER_FEN - 1n) / PER_FEN)
    return { kind, index, fen: Number(floor), lost: value - floor * PER_FEN }
  })
  const spread = totalFen - cut.reduce((sum, { fen }) => sum + fen, 0)
  // Cutting loses less than a fen a term, and both bills were rounded themselves; anything else is not rounding.
  if (spread < -1 || spread > terms.length + 1)
    return [...cut.map(({ kind, fen }) => ({ kind, amountFen: fen })), { kind: 'other', amountFen: spread }]
  const byLoss = cut.toSorted((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1))
  const raised = new Set(byLoss.slice(0, Math.max(0, spread)).map(({ index }) => index))
  const left = spread - raised.size
  const largest = cut.reduce((most, term) => (Math.abs(term.fen) > Math.abs(most.fen) ? term : most), {
    index: -1,
    fen: 0,
  }).index
  return cut.map(({ kind, index, fen }) => ({
    kind,
    amountFen: fen + (raised.has(index) ? 1 : 0) + (index === Math.max(largest, 0) ? left : 0),
  }))
}
