import { DAY_MS, shanghaiParts } from '../../core/clock'
import { type Calendar, dayNumber, minutesOfDay } from './calendar'
import type { AreaClass, CatalogueBody, ClockKind, ClockRule, ServiceType } from './schema'

const DOES: Readonly<Record<ClockKind, string>> = {
  accept: '受理',
  arrive: '到达',
  restore: '修好',
  reply: '答复',
}

const pad = (value: number): string => String(value).padStart(2, '0')

/**
 * A promise as a resident reads it: 最迟 15:40 前到达. With `nowMs` today needs no date and tomorrow says 明天; without
 * it the day is always said, because the reader may look at it on another day.
 */
export function promiseWords(kind: ClockKind, dueAtMs: number, nowMs?: number): string {
  const due = shanghaiParts(dueAtMs)
  const time = `${pad(due.hour)}:${pad(due.minute)}`
  return `最迟${dayWords(dueAtMs, nowMs)} ${time} 前${DOES[kind]}`
}

function dayWords(dueAtMs: number, nowMs: number | undefined): string {
  const due = shanghaiParts(dueAtMs)
  if (nowMs !== undefined) {
    const ahead = dayNumber(dueAtMs) - dayNumber(nowMs)
    if (ahead === 0) return ''
    if (ahead === 1) return '明天'
    if (shanghaiParts(nowMs).year !== due.year) return `${due.year}年${due.month}月${due.day}日`
  }
  return `${due.month}月${due.day}日`
}

/** The limit in minutes of the calendar; an urgent request has the limit of its priority or of the next one that has any. */
export function limitMinutes(rule: ClockRule, area: AreaClass, priority: number): number {
  const urgent = rule.atPriority
  const first = priority <= 1 ? urgent?.['1'] : undefined
  const byArea = first ?? (priority <= 2 ? urgent?.['2'] : undefined) ?? rule.minutes
  return byArea[area] ?? byArea.city
}

/** A limit in words, such as 45 分钟内到达, 24 小时内修好 or 5 个工作日内答复. */
export function limitWords(rule: ClockRule, minutes: number, calendar: Calendar): string {
  return `${lengthWords(minutes, calendar)}内${DOES[rule.kind]}`
}

function lengthWords(minutes: number, calendar: Calendar): string {
  const perDay = minutesOfDay(calendar)
  if (calendar.days === 'working' && minutes % perDay === 0) return `${minutes / perDay} 个工作日`
  const counted = perDay * 60_000 === DAY_MS ? '' : '服务时间 '
  if (minutes >= 60 && minutes % 60 === 0) return `${counted}${minutes / 60} 小时`
  return `${counted}${minutes} 分钟`
}

/**
 * Whether a place is town, country or far away, by the names of the place tree joined by slashes. The most exact
 * name that the company lists wins; what is not listed is town.
 */
export function areaClassOf(body: CatalogueBody, areaFullName: string): AreaClass {
  const names = areaFullName.split('/')
  for (let length = names.length; length > 0; length--) {
    const whole = body.areaClasses[names.slice(0, length).join('/')]
    if (whole) return whole
    const single = body.areaClasses[names[length - 1] ?? '']
    if (single) return single
  }
  return 'city'
}

/** The type with this id, or null where this version has none. */
export function serviceTypeOf(body: CatalogueBody, typeId: string): ServiceType | null {
  return body.types.find((type) => type.id === typeId) ?? null
}
