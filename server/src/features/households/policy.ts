import { shanghaiDay } from '../../core/clock'
import type { BindGuardRow, BindHolderRow } from './entities'

/** How often one may try to bind (security.md 6.3). Pure: rows in, rows out. */

/** The holder after one more try today, or null when the day's tries are used up. */
export function takeTry(holder: BindHolderRow, now: number, triesPerDay: number): BindHolderRow | null {
  const today = shanghaiDay(now)
  const tries = holder.triesDay === today ? holder.tries : 0
  return tries >= triesPerDay ? null : { ...holder, triesDay: today, tries: tries + 1 }
}

export function isLocked(guard: BindGuardRow, now: number): boolean {
  return guard.lockedUntil !== null && guard.lockedUntil > now
}

/** The guard after one more wrong proof; the last one that is tolerated starts the lock. */
export function countWrong(
  guard: BindGuardRow,
  now: number,
  limits: { wrongPerDay: number; lockMs: number },
): BindGuardRow {
  const today = shanghaiDay(now)
  const wrongCount = (guard.wrongDay === today ? guard.wrongCount : 0) + 1
  const lockedUntil = wrongCount >= limits.wrongPerDay ? now + limits.lockMs : guard.lockedUntil
  return { ...guard, wrongDay: today, wrongCount, lockedUntil }
}

/** The guard after one more code today, or how long to wait. */
export function takeCode(
  guard: BindGuardRow,
  now: number,
  limits: { perDay: number; gapMs: number },
): { guard: BindGuardRow } | { waitMs: number | null } {
  const today = shanghaiDay(now)
  const codeCount = guard.codeDay === today ? guard.codeCount : 0
  const sinceMs = guard.codeSentAt === null ? limits.gapMs : now - guard.codeSentAt
  if (sinceMs < limits.gapMs) return { waitMs: limits.gapMs - sinceMs }
  if (codeCount >= limits.perDay) return { waitMs: null }
  return { guard: { ...guard, codeDay: today, codeCount: codeCount + 1, codeSentAt: now } }
}
