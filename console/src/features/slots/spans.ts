import type { PlanSlot } from '../../api/types'

export interface Span {
  readonly from: string
  readonly to: string
  readonly capacity: number
}

const dayMs = 86_400_000

/** `2026-11-22` and three days on; a calendar day has no time zone, so UTC is as good as any. */
export function daysOn(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** Seven days from one on, with the slots of each; a day without any is there, too. */
export function weekOf(from: string, slots: readonly PlanSlot[]): { day: string; slots: PlanSlot[] }[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = daysOn(from, index)
    const mine = slots.filter((slot) => slot.day === day).sort((a, b) => a.from.localeCompare(b.from))
    return { day, slots: mine }
  })
}

/** Whether the spans of a day can be saved: each ends after it starts, and none lies in another. */
export function spansFit(spans: readonly Span[]): boolean {
  const sorted = [...spans].sort((a, b) => a.from.localeCompare(b.from))
  return sorted.every((span, index) => {
    const before = sorted[index - 1]
    return (
      /^\d\d:\d\d$/.test(span.from) && span.from < span.to && (before === undefined || before.to <= span.from)
    )
  })
}
