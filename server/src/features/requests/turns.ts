import type { StepRow } from './entities'

const TURNS: readonly string[] = ['move:accept', 'move:dispatch', 'move:return', 'move:reopen']

/** Whoever accepts a request at the desk has it, too; only who was sent is the one who comes. */
export function isSent(steps: readonly Pick<StepRow, 'kind'>[]): boolean {
  return steps.findLast((step) => TURNS.includes(step.kind))?.kind === 'move:dispatch'
}
