import type { Outlet } from './types'

/** Whether the door is open, as far as these pages can know: what was fetched says it for some days, and no longer. */
export type Door =
  | { state: 'open'; until: number }
  | { state: 'closed'; opensAt: number | null; note: string | null }
  | { state: 'unknown' }

type Days = Outlet['days']
const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * 3_600_000

export const dayOf = (nowMs: number): string => new Date(nowMs + shanghaiOffsetMs).toISOString().slice(0, 10)

export function doorOf(days: Days, nowMs: number): Door {
  const today = days.find(({ day }) => day === dayOf(nowMs))
  if (!today) return { state: 'unknown' }
  const open = today.spans.find(({ from, to }) => from <= nowMs && nowMs < to)
  if (open) return { state: 'open', until: open.to }
  const opensAt = days.flatMap(({ spans }) => spans.map(({ from }) => from)).find((from) => from > nowMs)
  return { state: 'closed', opensAt: opensAt ?? null, note: today.note }
}

/** The hours of the days that are known from today on. */
export const daysFrom = (days: Days, nowMs: number): Days => days.filter(({ day }) => day >= dayOf(nowMs))

/** When the words about the door change next, so that the page can change with them. */
export function changesAt(days: Days, nowMs: number): number | null {
  const moments = days.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
  const midnight = Math.floor((nowMs + shanghaiOffsetMs) / dayMs + 1) * dayMs - shanghaiOffsetMs
  const next = [...moments, midnight].filter((at) => at > nowMs)
  return next.length === 0 ? null : Math.min(...next)
}
