import type { Ctx } from '../../platforms/context'
import { promiseWords } from '../catalogue'
import { dueIfResumed, isOpen } from './clocks'
import type { ClockRow, RequestRow } from './entities'
import { clockWorld } from './run-clocks'
import type { ClockView, PausedFor } from './schema'
import { PAUSED_WORDS } from './words'

type Standing = Pick<RequestRow, 'state' | 'holdReason' | 'noticeId'>

/** Why no clock runs; null while they do. */
function pausedFor({ state, holdReason, noticeId }: Standing): PausedFor | null {
  if (state === 'merged') return noticeId === null ? 'merged' : 'outage'
  return state === 'on-hold' ? (holdReason ?? 'hold') : null
}

/** The same in words. */
export function pausedBecause(request: Standing): string | null {
  const why = pausedFor(request)
  return why === null ? null : PAUSED_WORDS[why]
}

/**
 * The promises of the latest round as people read them. One that has not begun is left out: nobody is promised a time
 * before there is one.
 */
export function presentClocks(ctx: Ctx, request: Standing, rows: readonly ClockRow[]): ClockView[] {
  const world = clockWorld(ctx)
  const round = Math.max(...rows.map((row) => row.round))
  return rows.flatMap((row) => {
    if (row.round !== round || row.state === 'waiting') return []
    const dueAt = dueIfResumed(row, world)
    return {
      kind: row.kind,
      state: row.state,
      promise: dueAt === null ? '' : promiseWords(row.kind, dueAt, world.now),
      dueAt,
      warnAt: row.warnAt,
      metAt: row.metAt,
      ...(isOpen(row) && row.runsSince === null
        ? { pausedBecause: pausedBecause(request), pausedFor: pausedFor(request) }
        : { pausedBecause: null, pausedFor: null }),
      limitMinutes: row.limitMinutes,
    }
  })
}

/** The promise that is nearest among those that are still to be kept. */
export function nearestClock(clocks: readonly ClockView[]): ClockView | null {
  const open = clocks.filter(
    (clock) => clock.metAt === null && clock.state !== 'void' && clock.dueAt !== null,
  )
  return open.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0] ?? null
}
