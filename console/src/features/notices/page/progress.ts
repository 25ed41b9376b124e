import type { NoticeProgress } from '../../../api/types'

/** What became of messages, in the order of a bar: good, in our inbox alone, open, bad. */
export const endings = [
  'sent',
  'inboxOnly',
  'unknown',
  'failed',
  'expired',
  'dropped',
  'cancelled',
  'waiting',
] as const
export type Ending = (typeof endings)[number]

export interface Part {
  readonly ending: Ending
  readonly count: number
  /** Of everything that is expected, 0 to 1. */
  readonly share: number
}

/** How many there will be at least: what was expected, or what there is when it became more. */
export const wholeOf = ({ expected, spread }: NoticeProgress): number => Math.max(expected, spread)

/** Parts of the bar; what has no row yet is waiting, too. Together they are never more than one. */
export function partsOf(progress: NoticeProgress): Part[] {
  const whole = wholeOf(progress)
  const notYet = progress.state === 'stopped' ? 0 : Math.max(0, whole - progress.spread)
  return endings.flatMap((ending) => {
    const count = progress[ending] + (ending === 'waiting' ? notYet : 0)
    return count === 0 ? [] : [{ ending, count, share: whole === 0 ? 0 : Math.min(1, count / whole) }]
  })
}

/** People who have it, on a channel or in our inbox. */
export const toldOf = ({ sent, inboxOnly, unknown }: NoticeProgress): number => sent + inboxOnly + unknown

/** What a stop would still prevent. */
export const stoppable = (progress: NoticeProgress): number =>
  Math.max(0, wholeOf(progress) - progress.spread) + progress.waiting

export const isRunning = (progress: NoticeProgress | null | undefined): boolean =>
  progress?.state === 'spreading' || progress?.state === 'sending'

/** For whom it has ended otherwise than by a stop. */
export const endedFor = (progress: NoticeProgress): number =>
  wholeOf(progress) - stoppable(progress) - progress.cancelled

/** Whole percent; a hundred only when it is really all. */
export function percentOf(progress: NoticeProgress): number {
  const whole = wholeOf(progress)
  if (whole === 0) return progress.state === 'done' ? 100 : 0
  return Math.min(100, Math.floor((endedFor(progress) / whole) * 100))
}
