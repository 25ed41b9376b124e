/** An item of the score sheet, and the points given for it so far. */
export interface Item {
  readonly item: string
  readonly max: number
}
export type Points = Readonly<Record<string, number | null>>

/** The sum of what was given, and whether every item has points within its bounds. */
export function sumOf(
  sheet: readonly Item[],
  points: Points,
): { readonly total: number; readonly most: number; readonly whole: boolean } {
  const given = sheet.map(({ item, max }) => {
    const value = points[item] ?? null
    return value !== null && Number.isInteger(value) && value >= 0 && value <= max ? value : null
  })
  return {
    total: given.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    most: sheet.reduce((sum, { max }) => sum + max, 0),
    whole: given.length > 0 && given.every((value) => value !== null),
  }
}
