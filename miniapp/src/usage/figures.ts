import { said } from './words'

/** Pure figures of the chart: texts of exact decimals in, places and words out. */

/** "12345.5" → "12,345.5". */
export function grouped(quantity: string): string {
  const [whole = '0', fraction] = quantity.split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

export const withUnit = (quantity: string, unit: string): string => `${grouped(quantity)} ${unit}`

/** One column of a chart. Null is not known, which is not nought. */
export interface Column {
  readonly key: string
  readonly label: string
  readonly value: number | null
  /** What stands beside it, such as last year's. */
  readonly beside: number | null
}

/** A page of columns, counted from the newest: 0 is the last page. */
export function pageOf<T>(
  all: readonly T[],
  size: number,
  page: number,
): { shown: readonly T[]; earlier: boolean } {
  const end = Math.max(0, all.length - page * size)
  const start = Math.max(0, end - size)
  return { shown: all.slice(start, end), earlier: start > 0 }
}

/** How high a bar stands, in percent of the highest; something that was used is never invisible. */
export function heightPercent(value: number, highest: number): number {
  if (value <= 0 || highest <= 0) return 0
  return Math.max(2, Math.round((value * 100) / highest))
}

export function highestOf(columns: readonly Column[]): number {
  return columns.reduce((most, { value, beside }) => Math.max(most, value ?? 0, beside ?? 0), 0)
}

/** The exact sum of quantities with at most three decimals. */
export function sumOf(quantities: readonly string[]): string {
  const milli = quantities.reduce((sum, quantity) => sum + Math.round(Number(quantity) * 1000), 0)
  return String(milli / 1000)
}

const dayMs = 86_400_000

/** Every day from the first known one to the last; a day that nobody counted has null. */
export function everyDay(
  days: readonly { readonly day: string; readonly quantity: string }[],
): { day: string; quantity: string | null }[] {
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined || last === undefined) return []
  const known = new Map(days.map(({ day, quantity }) => [day, quantity]))
  const from = Date.parse(`${first}T00:00:00Z`)
  const count = Math.round((Date.parse(`${last}T00:00:00Z`) - from) / dayMs) + 1
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(from + index * dayMs).toISOString().slice(0, 10)
    return { day, quantity: known.get(day) ?? null }
  })
}

/** "2026-10" → "2025-10". */
export const yearBefore = (period: string): string => `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`
/** "2026-10" → "10月". */
export const shortMonth = (period: string): string => said.shortMonth(Number(period.slice(5)))
/** "2026-11-05" → "5日"; what is read out has the month, too, and these very words within. */
export const shortDay = (day: string): string => said.shortDay(Number(day.slice(8)))
/** Whole yuan, because an estimate knows no fen. */
export const roughYuan = (fen: number): string => grouped(String(Math.round(fen / 100)))
