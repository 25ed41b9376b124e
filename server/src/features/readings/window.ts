import { DAY_MS, shanghaiDayStart, shanghaiParts } from '../../core/clock'
import type { ReadingRules } from '../../core/config/readings'

/** When a month's readings are taken in. */
export interface ReadingWindow {
  /** The month that is reported for, such as 2026-11: the one whose window is open, or else the next one. */
  readonly period: string
  readonly isOpen: boolean
  readonly opensAt: number
  /** The first moment that is too late. */
  readonly closesAt: number
}

const two = (value: number): string => String(value).padStart(2, '0')

export function readingWindow(
  rules: Pick<ReadingRules, 'opensDay' | 'closesDay'>,
  nowMs: number,
): ReadingWindow {
  const { year, month } = shanghaiParts(nowMs)
  const now = monthWindow(rules, year, month)
  // What is over this month opens next month.
  const shown =
    nowMs < now.closesAt
      ? now
      : monthWindow(rules, month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1)
  return { ...shown, isOpen: nowMs >= shown.opensAt && nowMs < shown.closesAt }
}

function monthWindow(rules: Pick<ReadingRules, 'opensDay' | 'closesDay'>, year: number, month: number) {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = (wanted: number): number =>
    shanghaiDayStart(`${year}-${two(month)}-${two(Math.min(wanted, days))}`)
  return {
    period: `${year}-${two(month)}`,
    opensAt: day(rules.opensDay),
    closesAt: day(rules.closesDay) + DAY_MS,
  }
}
