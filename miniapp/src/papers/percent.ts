/** How long a bar is, in percent of the longest; a small figure is still seen, none and nought are not drawn. */
export function percentOf(size: number | null, highest: number): number {
  if (size === null || size <= 0) return 0
  return Math.min(100, Math.max(2, Math.round((size * 100) / highest)))
}
