import type { Credit } from '../api/types'

/** A wallet opens its question for so many templates at most. */
const mostAtOnce = 3
/** With so many left nobody is asked again: a notice, its extension and its end. */
const enough = 3

interface Known {
  /** How many more messages the resident allowed, of this wallet; null while nobody knows. */
  readonly credits: readonly Pick<Credit, 'templateId' | 'credits'>[] | null
  /** Templates that need one permission for ever; a wallet refuses to ask for them together with the others. */
  readonly longTerm: readonly string[]
}

/**
 * What to ask for in this tap: only where few are left, the scarcest first, at most three, and never both kinds in one
 * question. Who has plenty is not disturbed: the answer is empty then.
 */
export function idsToAsk(wanted: readonly string[], { credits, longTerm }: Known): string[] {
  const left = (id: string): number => credits?.find(({ templateId }) => templateId === id)?.credits ?? 0
  const isLong = (id: string): boolean => longTerm.includes(id)
  const few = [...new Set(wanted)].filter((id) => left(id) < (isLong(id) ? 1 : enough))
  const forEver = few.filter(isLong)
  const chosen = forEver.length > 0 ? forEver : few
  return [...chosen].sort((a, b) => left(a) - left(b)).slice(0, mostAtOnce)
}

/** How many messages may still be sent of those that one wants; the scarcest counts. Null while nobody knows. */
export function leftOf(wanted: readonly string[], { credits, longTerm }: Known): number | 'always' | null {
  if (credits === null || wanted.length === 0) return null
  const left = (id: string): number => credits.find(({ templateId }) => templateId === id)?.credits ?? 0
  if (wanted.every((id) => longTerm.includes(id) && left(id) > 0)) return 'always'
  return Math.min(...wanted.map(left))
}
