/** What the telephone said about when something was done, and what is believed of it. */
export interface Happened {
  /** The moment that counts for the timeline, and for the promise to arrive. */
  readonly at: number
  /** Reported later than it was done, because there was no network. */
  readonly offline: boolean
  /** Why the telephone's time was not taken; null when it was. */
  readonly refused: 'in-the-future' | 'before-the-step-before' | 'too-old' | null
}

const MINUTE_MS = 60_000
/** A day's work without a network is believed, yesterday's is not: after that nobody can check it any more. */
export const OLDEST_REPORT_MS = 12 * 3_600_000

/**
 * When something happened, from the telephone's clock within bounds. The promises are kept by our clock, and a
 * telephone can be set to any time, so a time is taken only when it lies between the step before and now and is at
 * most twelve hours old; otherwise it happened now, when it reached us.
 */
export function happenedAt(
  reportedAt: number,
  bounds: { readonly now: number; readonly notBefore: number },
): Happened {
  const { now, notBefore } = bounds
  if (reportedAt > now) return { at: now, offline: false, refused: 'in-the-future' }
  const offline = now - reportedAt > MINUTE_MS
  if (now - reportedAt > OLDEST_REPORT_MS) return { at: now, offline, refused: 'too-old' }
  if (reportedAt < notBefore) return { at: now, offline, refused: 'before-the-step-before' }
  return { at: reportedAt, offline, refused: null }
}
