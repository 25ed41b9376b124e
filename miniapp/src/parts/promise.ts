import type { RequestClock } from '../api/types'
import { pausedBecause, promiseLine } from '../by-code'
import { words } from '../words'

/** Pure words of a promise: what was promised, how long there is still time, and why it does not run. */
export interface PromiseView {
  readonly line: string
  /** What ticks; null when nothing does. */
  readonly left: string | null
  readonly note: string | null
  readonly tone: 'accent' | 'warn' | 'bad' | 'ok' | 'plain'
}

const secondMs = 1_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const two = (value: number): string => String(value).padStart(2, '0')

/** "38:12" below an hour, "1:05:09" below a day, then "2天3小时". */
export function leftWords(ms: number): string {
  if (ms >= dayMs)
    return words.requestCard.daysHours(Math.floor(ms / dayMs), Math.floor((ms % dayMs) / hourMs))
  const minutes = Math.floor((ms % hourMs) / minuteMs)
  const seconds = Math.floor((ms % minuteMs) / secondMs)
  if (ms < hourMs) return `${two(minutes)}:${two(seconds)}`
  return `${Math.floor(ms / hourMs)}:${two(minutes)}:${two(seconds)}`
}

/** "12 分钟", "3 小时", "2 天": how long something is overdue, never less than a minute. */
export function lengthWords(ms: number): string {
  if (ms >= dayMs) return words.requestCard.days(Math.floor(ms / dayMs))
  if (ms >= hourMs) return words.requestCard.hours(Math.floor(ms / hourMs))
  return words.requestCard.minutes(Math.max(1, Math.floor(ms / minuteMs)))
}

export function promiseView(clock: RequestClock, nowMs: number): PromiseView {
  const line = promiseLine(clock, nowMs)
  if (clock.state === 'paused') {
    const why = pausedBecause(clock)
    const note = why === null ? null : words.requestCard.paused(why)
    return { line, left: null, note, tone: 'plain' }
  }
  if (clock.state === 'met') return { line, left: null, note: words.requestCard.kept, tone: 'ok' }
  if (clock.state === 'void' || clock.dueAt === null) return { line, left: null, note: null, tone: 'plain' }
  const leftMs = clock.dueAt - nowMs
  if (clock.state === 'missed' || leftMs <= 0) {
    const overMs = (clock.metAt ?? nowMs) - clock.dueAt
    return { line, left: null, note: words.requestCard.late(lengthWords(overMs)), tone: 'bad' }
  }
  const tone = clock.warnAt !== null && nowMs >= clock.warnAt ? 'warn' : 'accent'
  return { line, left: leftWords(leftMs), note: null, tone }
}
