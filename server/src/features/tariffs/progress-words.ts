import type { Progress } from './tier-progress'

/** `本阶梯还剩 23 m³，下一档 5.12 元/m³`: how much is left at this price. Null in the last tier. */
export function progressWords(
  {
    untilNext,
    nextPrice,
    including = [],
  }: Pick<Progress, 'untilNext' | 'nextPrice'> & Partial<Pick<Progress, 'including'>>,
  unit: string,
): string | null {
  if (untilNext === null) return null
  const besides = including.length === 0 ? '' : `（含${including.join('、')}）`
  const next = nextPrice === null ? '' : `，下一档 ${nextPrice} 元/${unit}${besides}`
  return untilNext === '0' ? `本阶梯正好用完${next}` : `本阶梯还剩 ${untilNext} ${unit}${next}`
}
