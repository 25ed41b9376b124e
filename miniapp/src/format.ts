/** Pure texts: money and time as residents read them. Amounts are integer fen, times are UTC milliseconds. */
import { written } from './format-words'

const shanghaiOffsetMs = 8 * 60 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000

/** 363408 → "3,634.08", without the sign of the currency. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

/** 363408 → "¥3,634.08"; a reduction → "-¥12.00". */
export const money = (fen: number): string => (fen < 0 ? `-¥${yuan(-fen)}` : `¥${yuan(fen)}`)

interface Moment {
  year: number
  month: number
  day: number
  clock: string
  dayNumber: number
}

/** China keeps one time zone without summer time, so an offset is all there is to it. */
function inShanghai(instantMs: number): Moment {
  const local = new Date(instantMs + shanghaiOffsetMs)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    clock: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    dayNumber: Math.floor((instantMs + shanghaiOffsetMs) / dayMs),
  }
}

/** "今天 09:20", "昨天 21:05", "11月20日 14:00", "2025年11月20日 14:00". */
export function moment(instantMs: number, nowMs: number): string {
  const then = inShanghai(instantMs)
  const now = inShanghai(nowMs)
  if (then.dayNumber === now.dayNumber) return written.today(then.clock)
  if (then.dayNumber === now.dayNumber - 1) return written.yesterday(then.clock)
  const { year, month, day } = then
  return written.at(
    year === now.year ? written.day(month, day) : written.dayOfYear(year, month, day),
    then.clock,
  )
}

/** {@link moment} for what is still to come: "明天 08:00" as well. */
export const ahead = (instantMs: number, nowMs: number): string =>
  inShanghai(instantMs).dayNumber === inShanghai(nowMs).dayNumber + 1
    ? written.tomorrow(inShanghai(instantMs).clock)
    : moment(instantMs, nowMs)

/** "今天 13:00–17:00", "明天 20:00–11月24日 06:00", "11月24日 08:00 起" while nobody knows the end. */
export function span(fromMs: number, untilMs: number | null, nowMs: number): string {
  const from = ahead(fromMs, nowMs)
  if (untilMs === null) return written.since(from)
  const until = inShanghai(untilMs)
  const sameDay = until.dayNumber === inShanghai(fromMs).dayNumber
  return `${from}–${sameDay ? until.clock : ahead(untilMs, nowMs)}`
}

/** "15:20" for a moment of today, otherwise with its day. */
export function clockOf(instantMs: number, nowMs: number): string {
  const then = inShanghai(instantMs)
  return then.dayNumber === inShanghai(nowMs).dayNumber ? then.clock : moment(instantMs, nowMs)
}

/** "2026年11月22日 15:02", for receipts and anything kept. */
export function fullMoment(instantMs: number): string {
  const then = inShanghai(instantMs)
  return written.at(written.dayOfYear(then.year, then.month, then.day), then.clock)
}

/** "截至今天 09:20". */
export const asOf = (instantMs: number, nowMs: number): string => written.asOf(moment(instantMs, nowMs))

/** "2026-11-20" → "11月20日", with the year when it is not this one. */
export function calendarDay(day: string, nowMs: number): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return Number(year) === inShanghai(nowMs).year
    ? written.day(Number(month), Number(date))
    : written.dayOfYear(Number(year), Number(month), Number(date))
}

/** "11月20日前", or "已过期 3 天" once the day is over. */
export function due(day: string, nowMs: number): { text: string; late: boolean } {
  const [year = '', month = '', date = ''] = day.split('-')
  const dueNumber = Math.floor(Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs)
  const lateDays = inShanghai(nowMs).dayNumber - dueNumber
  if (lateDays > 0) return { text: written.overdue(lateDays), late: true }
  if (lateDays === 0) return { text: written.dueToday, late: false }
  return { text: written.dueBy(calendarDay(day, nowMs)), late: false }
}

/** "2026-10" → "2026年10月"; a season "2026-2027" stays as it is, named. */
export function period(value: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(value)
  if (month) return written.month(Number(month[1]), Number(month[2]))
  return /^\d{4}-\d{4}$/.test(value) ? written.season(value) : value
}

/** "00210000037002" → "0021 0000 0370 02", easier to read aloud. */
export const inFours = (digits: string): string => digits.replace(/(\S{4})(?=\S)/g, '$1 ')
