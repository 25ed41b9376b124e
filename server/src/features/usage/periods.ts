import { DAY_MS } from '../../core/clock'

/** Calendar arithmetic on text such as 2026-10 and 2026-11-22; no clock and no time zone is in it. */

export const isMonth = (period: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(period)

/** 2026-01 and -1 → 2025-12. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 + count
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

export const sameMonthLastYear = (month: string): string => addMonths(month, -12)

/** Midnight of that day, as if in Greenwich; NaN for a day that no calendar has. */
function dayMs(day: string): number {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined) return Number.NaN
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date))
  return new Date(ms).toISOString().slice(0, 10) === day ? ms : Number.NaN
}

export const isDay = (text: string): boolean => !Number.isNaN(dayMs(text))

/** How many days lie between; 1 from a day to the next. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((dayMs(to) - dayMs(from)) / DAY_MS)

export const addDays = (day: string, count: number): string =>
  new Date(dayMs(day) + count * DAY_MS).toISOString().slice(0, 10)

/** The same day of the next month, or its last one where it is shorter. */
export function monthAfter(day: string): string {
  const month = addMonths(day.slice(0, 7), 1)
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const same = `${month}-${day.slice(8)}`
  return same > last ? last : same
}

/** `2026-10` → `2026年10月`. */
export const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`
/** `2026-11-05` → `11月5日`. */
export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
