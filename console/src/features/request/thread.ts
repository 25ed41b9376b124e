import type { StepView } from '../../api/types'
import { dayOf } from '../../kit/format'

/** Steps by the day in Shanghai, oldest first. */
export function byDay<S extends { readonly at: number }>(steps: readonly S[]): { day: string; steps: S[] }[] {
  const days: { day: string; steps: S[] }[] = []
  for (const step of [...steps].sort((a, b) => a.at - b.at)) {
    const day = dayOf(step.at)
    const last = days.at(-1)
    if (last?.day === day) last.steps.push(step)
    else days.push({ day, steps: [step] })
  }
  return days
}

/** Where a step stands: words of people are bubbles, what happened by itself is a line between them. */
export function bubbleOf(
  step: Pick<StepView, 'kind' | 'words' | 'internal' | 'byKind' | 'files'>,
): 'note' | 'them' | 'us' | 'line' {
  if (step.internal) return 'note'
  const spoken = step.words !== null || step.files.length > 0
  if (!spoken) return 'line'
  if (step.byKind === 'resident') return 'them'
  return step.byKind === 'staff' ? 'us' : 'line'
}
