/** Which days a statement is asked for. Pure; days are Shanghai's, such as 2026-11-22. */
export type SpanName = 'month' | 'lastMonth' | 'half' | 'year' | 'lastYear' | 'other'

const two = (value: number): string => String(value).padStart(2, '0')
const dayOf = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10)

export interface Days {
  readonly from: string
  readonly to: string
}

/** Today in Shanghai, wherever the phone is. */
export const shanghaiToday = (nowMs: number): string => dayOf(nowMs + 8 * 3_600_000)

/** The days of a named span as seen on `today`; for `other` the month so far, to begin with. */
export function daysOf(name: SpanName, today: string): Days {
  const [year = 0, month = 1] = today.split('-').map(Number)
  if (name === 'year') return { from: `${year}-01-01`, to: today }
  if (name === 'lastYear') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  if (name === 'lastMonth')
    return { from: dayOf(Date.UTC(year, month - 2, 1)), to: dayOf(Date.UTC(year, month - 1, 0)) }
  if (name === 'half') return { from: dayOf(Date.UTC(year, month - 6, 1)), to: today }
  return { from: `${year}-${two(month)}-01`, to: today }
}
