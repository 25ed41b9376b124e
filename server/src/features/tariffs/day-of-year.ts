import { DAY_MS } from '../../core/clock'

/** Days since 1970 of a calendar day such as 2026-11-22. Calendar days have no hours, so no time zone plays a part. */
export function dayIndex(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

/** The calendar day of a number of days since 1970. */
export function dayAt(index: number): string {
  return new Date(index * DAY_MS).toISOString().slice(0, 10)
}

/** The newest day on or before `day` that is `monthDay` of some year: the beginning of a year that starts there. */
export function lastOccurrence(monthDay: string, day: string): string {
  const year = Number(day.slice(0, 4))
  return day.slice(5) >= monthDay ? `${year}-${monthDay}` : `${year - 1}-${monthDay}`
}

/** The first `monthDay` after `day`. */
export function nextOccurrence(monthDay: string, day: string): string {
  const year = Number(day.slice(0, 4))
  return day.slice(5) < monthDay ? `${year}-${monthDay}` : `${year + 1}-${monthDay}`
}

/** The first day of the next calendar month. */
export function nextMonth(day: string): string {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

/** How many whole calendar months the days from `from` to `to` are; null when they are not whole. */
export function wholeMonths(from: string, to: string): number | null {
  const after = dayAt(dayIndex(to) + 1)
  if (from.slice(8) !== '01' || after.slice(8) !== '01' || after <= from) return null
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return months(after) - months(from)
}
