import type { News } from './live-news'
import { touchedBy } from './live-news'

/** What is read again, once for all news that came together. */
export interface Touched {
  readonly names: readonly string[]
  readonly requestIds: readonly string[]
}

/** Collects news for a moment: a bulk act must not make the page ask fifty times. */
export function createGatherer(
  later: (flush: () => void) => void,
  tell: (touched: Touched) => void,
): (news: News) => void {
  let names = new Set<string>()
  let requestIds = new Set<string>()
  let waiting = false
  const flush = (): void => {
    const touched = { names: [...names], requestIds: [...requestIds] }
    names = new Set()
    requestIds = new Set()
    waiting = false
    tell(touched)
  }
  return ({ topic, requestId }) => {
    for (const name of touchedBy(topic)) names.add(name)
    if (requestId === null) names.add('desk.get')
    else requestIds.add(requestId)
    if (waiting) return
    waiting = true
    later(flush)
  }
}
