import { useState } from 'react'

/** A list over the text field that arrows and Enter go through while one types. */
export interface Choosing {
  readonly at: number
  /** Escape closed it for what is typed now. */
  readonly closed: boolean
  /** Whether the key was the list's: `pick` is called with the one that is chosen. */
  readonly onKey: (key: string, count: number, pick: (at: number) => void) => boolean
}

/** What the arrows make of a place in a list. */
const step = (at: number, by: 1 | -1, count: number): number => (at + by + count) % count

export function useChoosing(query: string | null): Choosing {
  const [chosen, setChosen] = useState({ query, at: 0 })
  const [closedFor, setClosedFor] = useState<string | null>(null)
  const closed = query === null || closedFor === query
  // Another search begins with its first answer.
  const at = chosen.query === query ? chosen.at : 0
  const onKey: Choosing['onKey'] = (key, count, pick) => {
    if (closed) return false
    if (key === 'Escape') setClosedFor(query)
    else if (count === 0) return false
    else if (key === 'ArrowDown') setChosen({ query, at: step(at, 1, count) })
    else if (key === 'ArrowUp') setChosen({ query, at: step(at, -1, count) })
    else if (key === 'Enter' || key === 'Tab') pick(Math.min(at, count - 1))
    else return false
    return true
  }
  return { at, closed, onKey }
}
