import type { Ctx } from '../../platforms/context'
import { promiseWords } from '../catalogue'
import { dueIfResumed, isOpen } from './clocks'
import type { ClockRow, RequestRow } from './entities'
import { clockWorld } from './run-clocks'
import type { ClockView } from './schema'
import { HOLD_WORDS } from './words'

/** Why no clock runs, in words; null while they do. */
export function pausedBecause(request: Pick<RequestRow, 'state' | 'holdReason' | 'noticeId'>): string | null {
  if (request.state === 'merged' && request.noticeId !== null) return '停供中，恢复后告诉您'
  if (request.state === 'merged') return '和邻居的同一问题一起处理'
  if (request.state !== 'on-hold') return null
  return request.holdReason === null ? '暂停处理' : HOLD_WORDS[request.holdReason]
}

/**
 * The promises of the latest round as people read them. One that has not begun is left out: nobody is promised a time
 * before there is one.
 */
export function presentClocks(
  ctx: Ctx,
  request: Pick<RequestRow, 'state' | 'holdReason' | 'noticeId'>,
  rows: readonly ClockRow[],
): ClockView[] {
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
      pausedBecause: isOpen(row) && row.runsSince === null ? pausedBecause(request) : null,
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
