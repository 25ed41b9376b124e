import { DAY_MS, SHANGHAI_OFFSET_MS } from '../../core/clock'

const MINUTE_MS = 60_000

/** An opening of a day, in milliseconds since midnight in Shanghai; `toMs` of 24:00 is the day's whole length. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * When working time runs. `every` is each day of the year; `working` is Monday to Friday without the days off of
 * `off`, and with the make-up days (调休) of `work`. Days are numbered from 1970-01-01 in Shanghai.
 */
export interface Calendar {
  readonly name: string
  readonly days: 'every' | 'working'
  /** In order and apart from each other. */
  readonly spans: readonly Span[]
  readonly off: ReadonlySet<number>
  readonly work: ReadonlySet<number>
}

/** Every minute of every day. */
export const ALWAYS: Calendar = {
  name: 'always',
  days: 'every',
  spans: [{ fromMs: 0, toMs: DAY_MS }],
  off: new Set(),
  work: new Set(),
}

/** No limit of any service is counted over more days than this. */
const MOST_DAYS = 4000

/** The Shanghai day an instant lies in, numbered from 1970-01-01. */
export const dayNumber = (epochMs: number): number => Math.floor((epochMs + SHANGHAI_OFFSET_MS) / DAY_MS)

/** The first instant of a numbered day. */
export const startOfDay = (day: number): number => day * DAY_MS - SHANGHAI_OFFSET_MS

/** Whether the calendar opens at all on this day. */
export function isOpenDay(calendar: Calendar, day: number): boolean {
  if (calendar.days === 'every') return true
  if (calendar.work.has(day)) return true
  if (calendar.off.has(day)) return false
  // 1970-01-01 was a Thursday.
  const weekday = (day + 4) % 7
  return weekday !== 0 && weekday !== 6
}

/** The working minutes of one open day. */
export function minutesOfDay(calendar: Calendar): number {
  return calendar.spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0) / MINUTE_MS
}

/**
 * The first instant at which `workingMs` of working time have passed since `fromMs`. A limit that is used up exactly
 * when a span ends is due then and not when the next one begins. Nothing to work leaves the instant as it is.
 */
export function addWorking(calendar: Calendar, fromMs: number, workingMs: number): number {
  if (workingMs <= 0) return fromMs
  let left = workingMs
  const first = dayNumber(fromMs)
  for (let day = first; day < first + MOST_DAYS; day++) {
    if (!isOpenDay(calendar, day)) continue
    const midnight = startOfDay(day)
    for (const span of calendar.spans) {
      const begin = Math.max(fromMs, midnight + span.fromMs)
      const length = midnight + span.toMs - begin
      if (length <= 0) continue
      if (left <= length) return begin + left
      left -= length
    }
  }
  throw new Error(`The calendar ${calendar.name} has too little working time for ${workingMs} ms.`)
}

/** How much working time lies between two instants; none when the second is not later. */
export function workingBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0
  if (calendar === ALWAYS) return toMs - fromMs
  let sum = 0
  for (let day = dayNumber(fromMs); day <= dayNumber(toMs); day++) {
    if (!isOpenDay(calendar, day)) continue
    const midnight = startOfDay(day)
    for (const span of calendar.spans) {
      const begin = Math.max(fromMs, midnight + span.fromMs)
      const end = Math.min(toMs, midnight + span.toMs)
      if (end > begin) sum += end - begin
    }
  }
  return sum
}
