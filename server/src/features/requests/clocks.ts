import type { ClockRow } from './entities'
import { NEVER_DUE } from './entities'
import type { RequestState } from './schema'

/**
 * The life of one promise, pure: rows in, rows out. A clock waits until the request reaches the state that starts
 * it, runs, is paused while the request is on hold or merged, and ends met, missed or void. One that is missed stays
 * open, and keeps escalating, until what was promised is done.
 */

/** Counts time on a named calendar; `always` counts all of it. */
export interface Counting {
  add(calendar: string, fromMs: number, workingMs: number): number
  between(calendar: string, fromMs: number, toMs: number): number
}

export interface ClockWorld {
  readonly now: number
  readonly counting: Counting
}

const MINUTE_MS = 60_000

/** How far a request has come; a state that is passed by counts as reached. States beside the way count as the start. */
const RANK: Readonly<Record<RequestState, number>> = {
  submitted: 0,
  returned: 0,
  'on-hold': 0,
  merged: 0,
  cancelled: 0,
  accepted: 1,
  dispatched: 2,
  'on-the-way': 3,
  'on-site': 4,
  resolved: 5,
  closed: 6,
}

export function hasReached(state: RequestState, wanted: RequestState): boolean {
  return RANK[state] >= RANK[wanted]
}

/** Still to be kept, or missed and still to be made good. */
export function isOpen(row: ClockRow): boolean {
  return row.metAt === null && row.state !== 'void' && !isOver(row)
}

/** What the sweep has done last for a clock that was missed and is still not made good. */
export const NOTHING_LEFT = 'rest'

/** A missed clock that was stopped for good has neither a run nor a next step. */
function isOver(row: ClockRow): boolean {
  return row.state === 'missed' && row.runsSince === null && row.nextStep === null
}

/** A visit that was agreed: whoever chose it waits for it, and nothing is promised before it. */
export interface Visit {
  readonly startsAt: number
  readonly endsAt: number
}

type Moments = Readonly<Record<'dueAt' | 'warnAt', number>>

/** By the limit alone, from this moment. */
function byLimit(row: ClockRow, world: ClockWorld, fromMs: number, usedMs = row.usedMs): Moments {
  const limitMs = row.limitMinutes * MINUTE_MS
  const warnMs = Math.floor((limitMs * row.warnShare) / 100) - usedMs
  return {
    dueAt: world.counting.add(row.calendar, fromMs, Math.max(0, limitMs - usedMs)),
    warnAt: warnMs > 0 ? world.counting.add(row.calendar, fromMs, warnMs) : fromMs,
  }
}

/**
 * When it is due. The visit that was agreed is the promise to arrive; what comes after it has its whole limit from the
 * visit's end, if it would be due before that. A visit that is over promises nothing any more.
 */
function momentsOf(row: ClockRow, world: ClockWorld, fromMs: number): Moments {
  const limit = byLimit(row, world, fromMs)
  const { visitFrom, visitTo } = row
  if (visitFrom === null || visitTo === null || visitTo <= fromMs || row.kind === 'accept') return limit
  if (row.kind === 'arrive') return { dueAt: visitTo, warnAt: Math.max(visitFrom, fromMs) }
  return limit.dueAt < visitTo ? byLimit(row, world, visitTo, 0) : limit
}

const isMovedByVisit = (row: ClockRow, runsSince: number, world: ClockWorld): boolean =>
  row.visitTo !== null && row.dueAt !== byLimit(row, world, runsSince).dueAt

/** Nothing is used up of a limit while everybody waits for the visit. */
function countsFrom(row: ClockRow, runsSince: number, world: ClockWorld): number {
  return isMovedByVisit(row, runsSince, world) ? Math.max(runsSince, row.visitTo ?? 0) : runsSince
}

export function start(row: ClockRow, world: ClockWorld, fromMs = world.now): ClockRow {
  const nextStep = row.nextStep ?? 'warn'
  const { dueAt, warnAt } = momentsOf(row, world, fromMs)
  return {
    ...row,
    state: 'running',
    runsSince: fromMs,
    dueAt,
    warnAt,
    nextStep,
    nextStepAt: nextStep === 'warn' ? warnAt : dueAt,
  }
}

const isLate = (row: ClockRow, now: number): boolean =>
  row.state === 'running' && row.dueAt !== null && now > row.dueAt

export function pause(row: ClockRow, world: ClockWorld): ClockRow {
  const { now } = world
  if (row.runsSince === null || !isOpen(row)) return row
  // The sweep did not come by yet; it tells of the breach when the clock goes on.
  const missed = row.state === 'missed' || isLate(row, now)
  const fromMs = countsFrom(row, row.runsSince, world)
  const rested = {
    ...row,
    usedMs: row.usedMs + world.counting.between(row.calendar, fromMs, now),
    runs: fromMs < now ? JSON.stringify([...runsOf(row), [fromMs, now]]) : row.runs,
    runsSince: null,
    nextStepAt: null,
  }
  if (!missed) return { ...rested, state: 'paused', dueAt: null, warnAt: null }
  return {
    ...rested,
    state: 'missed',
    breachedAt: row.breachedAt ?? row.dueAt,
    nextStep: row.state === 'missed' ? row.nextStep : 'breach',
    stepLeftMs: row.nextStepAt === null ? null : Math.max(0, row.nextStepAt - now),
  }
}

export function resume(row: ClockRow, world: ClockWorld): ClockRow {
  if (row.state === 'paused') return start(row, world)
  if (row.state !== 'missed' || row.metAt !== null || row.runsSince !== null || isOver(row)) return row
  return {
    ...row,
    runsSince: world.now,
    nextStepAt: row.stepLeftMs === null ? null : world.now + row.stepLeftMs,
    stepLeftMs: null,
  }
}

/**
 * What was promised was done at this moment: in time, or too late. One that never started is void. A worker without a
 * network reports later than it was done, so a clock that the sweep called missed meanwhile may have been met.
 */
export function meet(row: ClockRow, at: number): ClockRow {
  if (!isOpen(row)) return row
  if (row.state === 'waiting') return { ...row, state: 'void' }
  const late = row.state !== 'paused' && row.dueAt !== null && at > row.dueAt
  return {
    ...ended(row),
    state: late ? 'missed' : 'met',
    metAt: at,
    breachedAt: late ? (row.breachedAt ?? row.dueAt) : null,
  }
}

/** Nothing is promised any more; what was missed stays missed. */
export function stop(row: ClockRow, now: number): ClockRow {
  if (!isOpen(row)) return row
  if (row.state === 'missed' || isLate(row, now))
    return { ...ended(row), state: 'missed', breachedAt: row.breachedAt ?? row.dueAt }
  return { ...ended(row), state: 'void' }
}

function ended(row: ClockRow): ClockRow {
  return { ...row, runsSince: null, nextStep: null, nextStepAt: null, stepLeftMs: null }
}

/**
 * The same clock under other terms, counted anew from its first moment. A verdict under the old terms does not stand
 * while the clock is open.
 */
export function retime(
  row: ClockRow,
  terms: Pick<ClockRow, 'calendar' | 'limitMinutes' | 'warnShare'>,
  world: ClockWorld,
): ClockRow {
  if (!isOpen(row)) return row
  const usedMs = runsOf(row).reduce(
    (sum, [from, to]) => sum + world.counting.between(terms.calendar, from, to),
    0,
  )
  const renewed = { ...row, ...terms, usedMs, breachedAt: null, stepLeftMs: null }
  if (row.state === 'waiting') return renewed
  if (row.runsSince !== null) return start({ ...renewed, nextStep: 'warn' }, world, row.runsSince)
  return { ...renewed, state: 'paused', dueAt: null, warnAt: null, nextStep: 'warn', nextStepAt: null }
}

/**
 * The same clock when a visit was agreed, moved or given up. Without one the limit counts from now, because nobody
 * could come before the visit. A promise that was broken stays broken, whatever is agreed afterwards.
 */
export function agreeOn(row: ClockRow, visit: Visit | null, world: ClockWorld): ClockRow {
  if (!isOpen(row) || row.state === 'missed' || isLate(row, world.now)) return row
  const agreed = { ...row, visitFrom: visit?.startsAt ?? null, visitTo: visit?.endsAt ?? null }
  if (row.runsSince === null) return agreed
  const waited = visit === null && isMovedByVisit(row, row.runsSince, world)
  const next = start({ ...agreed, nextStep: 'warn' }, world, waited ? world.now : row.runsSince)
  // What is promised as before is not warned of twice.
  return next.dueAt === row.dueAt ? agreed : next
}

/** The spans in which it ran before the last pause. */
export function runsOf(row: Pick<ClockRow, 'runs'>): [number, number][] {
  return JSON.parse(row.runs) as [number, number][]
}

/** When a paused clock would be due if it went on now; the page ticks it. */
export function dueIfResumed(row: ClockRow, world: ClockWorld): number | null {
  return row.state === 'paused' ? momentsOf(row, world, world.now).dueAt : row.dueAt
}

/** What the inbox sorts and filters by. */
export function nearest(rows: readonly ClockRow[]): { nextDueAt: number; nextWarnAt: number } {
  const running = rows.filter((row) => row.runsSince !== null && isOpen(row))
  return {
    nextDueAt: Math.min(NEVER_DUE, ...running.map((row) => row.dueAt ?? NEVER_DUE)),
    nextWarnAt: Math.min(NEVER_DUE, ...running.map((row) => row.warnAt ?? NEVER_DUE)),
  }
}
