import type { Reader } from '../../core/db/database'
import type { OutletRow } from './entities'
import { lastCalls } from './store'

/** How long the queue takes to move on by one. */
export interface Pace {
  readonly msEach: number
}

const LOOKED_CALLS = 10
/** Fewer calls than these say more about chance than about the counters. */
const LEAST_CALLS = 4
/** After a break nobody may be told that one person takes an hour. */
const LONGEST_GAP_MS = 45 * 60_000

/**
 * The pace of this day's last calls, whatever number of counters made it; the outlet's own figure until there are
 * enough of them. `calls` are instants, the newest first.
 */
export function paceOf(calls: readonly number[], minutesEach: number): Pace {
  const gaps = calls
    .slice(1)
    .map((at, index) => (calls[index] ?? at) - at)
    .filter((gap) => gap <= LONGEST_GAP_MS)
  if (gaps.length < LEAST_CALLS - 1) return { msEach: minutesEach * 60_000 }
  return { msEach: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length }
}

/** A guess in whole minutes for somebody with so many before them; at least one, because nobody is called at once. */
export const minutesFor = (ahead: number, { msEach }: Pace): number =>
  Math.max(1, Math.ceil(((ahead + 1) * msEach) / 60_000))

export async function paceNow(reader: Reader, outlet: OutletRow, day: string): Promise<Pace> {
  return paceOf(await lastCalls(reader, outlet.id, day, LOOKED_CALLS), outlet.minutesEach)
}
