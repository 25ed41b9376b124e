interface Span {
  readonly fromAt: number
  readonly untilAt: number
}

/**
 * Minutes of a span that no other one has counted: a household that two notices say was without supply at the same time
 * was so once. The reliability figures and a compensation add these up.
 */
export function countedMinutes(span: Span, counted: readonly Span[]): number {
  let uncountedMs = 0
  let reached = span.fromAt
  for (const { fromAt, untilAt } of [...counted].sort((a, b) => a.fromAt - b.fromAt)) {
    if (fromAt > reached) uncountedMs += Math.min(fromAt, span.untilAt) - reached
    reached = Math.min(Math.max(reached, untilAt), span.untilAt)
    if (reached >= span.untilAt) break
  }
  uncountedMs += span.untilAt - reached
  return Math.round(uncountedMs / 60_000)
}
