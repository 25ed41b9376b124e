import type { ChatMessageRow, OutsideLaneRow } from './entities'

/** One thing that is being sent to a window: which messages as one, and which part of what they became. */
export interface OutsideRun {
  readonly lane: OutsideLaneRow
  readonly token: string
  readonly rows: readonly ChatMessageRow[]
  /** Whoever was sending it is gone, and nobody knows how far they came. */
  readonly isLost: boolean
}

/** Our own words for endings that the platform was not asked about. */
export const CLOSED = 'window'
export const NOT_ASKED = 'nothing'
