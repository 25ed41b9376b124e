import type { StepRow } from './entities'

/**
 * What became of words that a platform's check was unsure of. Lines of the timeline are only added, so a person's
 * verdict is a line of its own (`words-judged`, internal) that names the line it is about; the last verdict counts.
 */
export type WordsCheck = 'waiting' | 'hidden'

export const WORDS_JUDGED = 'words-judged'
/** What stands where words were that nobody should read. The words themselves stay in the row as evidence. */
export const WORDS_HIDDEN = '（内容已由客服隐藏）'

interface Facts {
  readonly flagged?: unknown
  readonly stepId?: unknown
  readonly verdict?: unknown
}

/** By line: what waits for a look, and what was hidden. What is fine, or was never in doubt, is not in it. */
export function wordsChecks(
  steps: readonly Pick<StepRow, 'id' | 'kind' | 'facts'>[],
): ReadonlyMap<string, WordsCheck> {
  const checks = new Map<string, WordsCheck>()
  for (const step of steps) {
    const facts = JSON.parse(step.facts) as Facts
    if (facts.flagged === true) checks.set(step.id, 'waiting')
    if (step.kind !== WORDS_JUDGED || typeof facts.stepId !== 'string') continue
    if (facts.verdict === 'hide') checks.set(facts.stepId, 'hidden')
    else checks.delete(facts.stepId)
  }
  return checks
}
