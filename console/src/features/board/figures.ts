import type { Output } from '../../api/types'

export type Figure = Output<'chatBoard.read'>['figures'][number]

/** Whether more of it is better, worse, or neither. */
const better: Partial<Record<Figure['name'], 1 | -1>> = {
  'first-answer-ms': -1,
  'queue-ms': -1,
  'handling-ms': -1,
  abandoned: -1,
  'good-percent': 1,
}

/** How today stands beside yesterday at this hour; null where it says nothing, or we do not know. */
export function trendOf({ name, today, yesterday }: Figure): 'better' | 'worse' | 'same' | null {
  const sign = better[name]
  if (sign === undefined || today === null || yesterday === null) return null
  if (today === yesterday) return 'same'
  return (today - yesterday) * sign > 0 ? 'better' : 'worse'
}

/** What a figure is counted in, by its name. */
export function unitOf(name: Figure['name']): 'span' | 'percent' | 'count' {
  if (name.endsWith('-ms')) return 'span'
  return name.endsWith('-percent') ? 'percent' : 'count'
}
