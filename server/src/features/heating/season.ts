import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'

export interface Season {
  /** First and last day, both heated, such as 2026-11-16 and 2027-04-05. */
  readonly from: string
  readonly to: string
}

/** The season that is running on a day or comes next; one that goes over New Year belongs to both years. */
export function seasonAt(rule: { readonly from: string; readonly to: string }, day: string): Season {
  const year = Number(day.slice(0, 4))
  const crosses = rule.to < rule.from
  const begins = crosses && day.slice(5) <= rule.to ? year - 1 : year
  const season = { from: `${begins}-${rule.from}`, to: `${crosses ? begins + 1 : begins}-${rule.to}` }
  return season.to < day ? { from: `${begins + 1}-${rule.from}`, to: `${begins + 2}-${rule.to}` } : season
}

/** How the season is written on bills, such as 2026-2027. */
export const seasonName = (season: Season): string => `${season.from.slice(0, 4)}-${season.to.slice(0, 4)}`

export function addDays(day: string, days: number): string {
  return shanghaiDay(shanghaiDayStart(day) + days * DAY_MS)
}

/** Days from one to the other, both counted; 0 when the second comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((shanghaiDayStart(to) - shanghaiDayStart(from)) / DAY_MS) + 1)
}

/** 11月20日. */
export function dayInWords(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}
