import type { Conversation } from '../../../kit/line/frames'

export type Tone = 'ok' | 'warn' | 'bad'

/** How long the resident waits for a word, and how bad that is; null when nobody waits. */
export function waitingOf(
  { waitingSince, amberAt, redAt }: Pick<Conversation, 'waitingSince' | 'amberAt' | 'redAt'>,
  nowMs: number,
): { readonly ms: number; readonly tone: Tone } | null {
  if (waitingSince === null) return null
  const tone = redAt !== null && nowMs >= redAt ? 'bad' : amberAt !== null && nowMs >= amberAt ? 'warn' : 'ok'
  // The two clocks may differ by a little.
  return { ms: Math.max(0, nowMs - waitingSince), tone }
}

/** How long is left of a time, in whole minutes, rounded up; 0 when it is over. */
export const minutesLeft = (untilMs: number, nowMs: number): number =>
  Math.max(0, Math.ceil((untilMs - nowMs) / 60_000))
