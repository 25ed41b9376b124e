import { SHANGHAI_OFFSET_MS, DAY_MS, shanghaiParts } from '../../core/clock'
import { ALWAYS, type Calendar, dayNumber, isOpenDay, startOfDay } from './calendar'

/** When somebody is there, as residents read it. */
export interface Opening {
  readonly open: boolean
  /** Such as 今天 8:30–12:00、13:30–20:00, or 明天 8:30 开始. */
  readonly words: string
  /** When it opens next; null while it is open. */
  readonly opensAt: number | null
}

/** The longest holidays are shorter than this. */
const LOOKED_DAYS = 40

const clockWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** Whether the calendar is open at this instant, its spans of that day in words, and when it opens again. */
export function openingOf(calendar: Calendar, now: number): Opening {
  if (calendar === ALWAYS) return { open: true, words: '全天24小时', opensAt: null }
  const today = dayNumber(now)
  const sinceMidnight = (now + SHANGHAI_OFFSET_MS) % DAY_MS
  const spans = isOpenDay(calendar, today) ? calendar.spans : []
  const open = spans.some(({ fromMs, toMs }) => fromMs <= sinceMidnight && sinceMidnight < toMs)
  const todays = spans.map(({ fromMs, toMs }) => `${clockWords(fromMs)}–${clockWords(toMs)}`).join('、')
  if (open) return { open, words: `今天 ${todays}`, opensAt: null }
  const opensAt = nextOpening(calendar, now)
  if (opensAt === null) return { open, words: '暂停服务', opensAt }
  if (dayNumber(opensAt) === today) return { open, words: `今天 ${todays}`, opensAt }
  const { month, day, hour, minute } = shanghaiParts(opensAt)
  const when = dayNumber(opensAt) === today + 1 ? '明天' : `${month}月${day}日`
  return { open, words: `${when} ${clockWords((hour * 60 + minute) * 60_000)} 开始`, opensAt }
}

function nextOpening(calendar: Calendar, now: number): number | null {
  const today = dayNumber(now)
  for (let day = today; day < today + LOOKED_DAYS; day++) {
    if (!isOpenDay(calendar, day)) continue
    const next = calendar.spans.map(({ fromMs }) => startOfDay(day) + fromMs).find((at) => at > now)
    if (next !== undefined) return next
  }
  return null
}
