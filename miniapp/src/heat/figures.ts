import type { HeatCase } from './types'
import { said } from './words'

/** Pure: how the pages write temperatures and where a case stands. */
export const degrees = (tenths: number): string => (tenths / 10).toFixed(1)

/** 1 for 100 cm, 1.5 for 150. */
export const metres = (cm: number): string => String(cm / 100)

/** How much of the bar a temperature fills, on a scale from 8 to 26 degrees. */
export function barPercent(tenths: number): number {
  return Math.min(100, Math.max(0, Math.round(((tenths - 80) / 180) * 100)))
}

export type StepName = 'asked' | 'measured' | 'reckoned' | 'agreed' | 'approved' | 'paid'
const coldSteps: readonly StepName[] = ['asked', 'measured', 'reckoned', 'agreed', 'approved', 'paid']
/** For outages nothing is measured, and who asks has seen the sum. */
const stopSteps: readonly StepName[] = ['reckoned', 'agreed', 'approved', 'paid']
export const stepsOf = ({ kind }: Pick<HeatCase, 'kind'>): readonly StepName[] =>
  kind === 'stop' ? stopSteps : coldSteps

type Standing = Pick<HeatCase, 'kind' | 'state' | 'rounds' | 'payback' | 'calculation'>

/** How many of the steps are behind a case, whichever way it went. */
export const stepsDone = (view: Standing): number =>
  view.kind === 'stop' ? coldStepsDone(view) - 2 : coldStepsDone(view)

function coldStepsDone(view: Standing): number {
  const { state, payback } = view
  if (state === 'approved') return payback?.state === 'done' ? 6 : 5
  if (state === 'agreed' || state === 'half-approved') return 4
  if (state === 'final' || state === 'objected' || state === 'closed') return 3
  const known = view.rounds.some(({ visits, missedAt }) => visits.length > 0 || missedAt !== null)
  return known ? 2 : 1
}

/** 1800 → "1 天 6 小时". */
export function spanWords(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), said.spans.days],
    [Math.floor((minutes % 1440) / 60), said.spans.hours],
    [minutes % 60, said.spans.minutes],
  ] as const
  const shown = parts.flatMap(([count, unit]) => (count > 0 ? [unit(count)] : []))
  return shown.join(' ') || said.spans.short
}

/** Days from one calendar day to another; negative when it has gone by. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
}

/** The Shanghai day of an instant, some days on. */
export function dayAfter(instantMs: number, days: number): string {
  return new Date(instantMs + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}
