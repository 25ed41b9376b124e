import { shanghaiDay } from '../../core/clock'
import { dayNumber, holidays, startOfDay } from '../catalogue'
import type { OutletHours } from './schema'

/** One day as residents read it: when it opens, in instants, and why it differs from the week. */
export interface OpenDay {
  readonly day: string
  readonly spans: readonly { readonly from: number; readonly to: number }[]
  readonly note: string | null
}

const minutesOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/**
 * When an outlet is open on a numbered day. What was said for this very day wins; then the public holidays, on which
 * `holiday` counts, and the make-up days, which are worked like a Monday; then the week.
 */
export function openDay(hours: OutletHours, day: number): OpenDay {
  const midnight = startOfDay(day)
  const name = shanghaiDay(midnight)
  const { spans, note } = ruleOf(hours, day, name)
  return {
    day: name,
    note,
    spans: spans.map(({ from, to }) => ({
      from: midnight + minutesOf(from) * 60_000,
      to: midnight + minutesOf(to) * 60_000,
    })),
  }
}

type Rule = { readonly spans: OutletHours['week'][number]; readonly note: string | null }

function ruleOf({ week, holiday, exceptions }: OutletHours, day: number, name: string): Rule {
  const said = exceptions.find(({ from, to }) => from <= name && name <= to)
  if (said) return said
  const { off, work } = holidays()
  if (off.has(day)) return { spans: holiday, note: '法定节假日' }
  // 1970-01-01 was a Thursday; the week of an outlet begins on Monday.
  const weekday = (day + 3) % 7
  if (work.has(day) && weekday >= 5) return { spans: week[0] ?? [], note: '调休上班' }
  return { spans: week[weekday] ?? [], note: null }
}

/** Today and the days after it. */
export function openDays(hours: OutletHours, now: number, howMany: number): OpenDay[] {
  const today = dayNumber(now)
  return Array.from({ length: howMany }, (_, step) => openDay(hours, today + step))
}

/** Whether somebody who comes at this instant is received. */
export function isOpenAt(hours: OutletHours, now: number): boolean {
  return openDay(hours, dayNumber(now)).spans.some(({ from, to }) => from <= now && now < to)
}

/** What cannot be: spans that end before they begin or lie over each other, and exceptions that end before they begin. */
export function hoursFaults({ week, holiday, exceptions }: OutletHours): { path: string; message: string }[] {
  const lists = [
    ...week.map((spans, index) => [`week.${index}`, spans] as const),
    ['holiday', holiday] as const,
    ...exceptions.map(({ spans }, index) => [`exceptions.${index}`, spans] as const),
  ]
  const wrong = lists.flatMap(([path, spans]) =>
    spans.some(({ from, to }, index) => {
      const before = spans[index - 1]
      return minutesOf(to) <= minutesOf(from) || (before && minutesOf(before.to) > minutesOf(from))
    })
      ? [{ path: `hours.${path}`, message: '时段要从早到晚，不能重叠' }]
      : [],
  )
  const backwards = exceptions.flatMap(({ from, to }, index) =>
    to < from ? [{ path: `hours.exceptions.${index}`, message: '结束日期早于开始日期' }] : [],
  )
  return [...wrong, ...backwards]
}
