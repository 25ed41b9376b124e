import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { Template } from './template-shape'

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** When this message may be sent: now, or when the quiet hours (Shanghai, also over midnight) that it is in are over. */
export function afterQuietHours(
  template: Pick<Template, 'quietHours' | 'urgency'>,
  how: { readonly urgency: number; readonly keepQuietHours: boolean },
  nowMs: number,
): number {
  const { quietHours } = template
  if (quietHours === 'none' || how.urgency === 0 || !how.keepQuietHours) return nowMs
  const dayStart = shanghaiDayStart(shanghaiDay(nowMs))
  const minute = Math.floor((nowMs - dayStart) / 60_000)
  const from = minutesOf(quietHours.from)
  const to = minutesOf(quietHours.to)
  const end = dayStart + to * 60_000
  if (from <= to) return minute >= from && minute < to ? end : nowMs
  if (minute >= from) return end + DAY_MS
  return minute < to ? end : nowMs
}
