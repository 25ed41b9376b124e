import type { Reader, Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import {
  addWorking,
  areaClassOf,
  calendarNamed,
  type Catalogue,
  catalogueVersion,
  limitMinutes,
  serviceTypeOf,
  workingBetween,
} from '../catalogue'
import type { AreaClass, CatalogueBody, ClockRule, ServiceType } from '../catalogue'
import { areasByIds } from '../households'
import { clocksOf, insertClocks, saveClock } from './clock-store'
import {
  agreeOn,
  type ClockWorld,
  hasReached,
  isOpen,
  meet,
  nearest,
  pause,
  resume,
  start,
  stop,
  type Visit,
} from './clocks'
import type { ClockRow, RequestRow } from './entities'
import type { RequestState } from './schema'
import type { Move } from './states'

/** What a company promised for this type of request when it was made. */
export interface Terms {
  readonly body: CatalogueBody
  readonly type: ServiceType
}

/** Versions as one transaction read them: a move asks several times, and merging asks for hundreds of requests. */
const readInTx = new WeakMap<Tx, Map<string, Promise<Catalogue>>>()

function versionOf(
  ctx: Ctx,
  request: Pick<RequestRow, 'companyId' | 'catalogueVersion'>,
  tx: Tx | undefined,
): Promise<Catalogue> {
  const read = () => catalogueVersion(ctx, request.companyId, request.catalogueVersion, tx)
  if (!tx) return read()
  const kept = readInTx.get(tx) ?? new Map<string, Promise<Catalogue>>()
  readInTx.set(tx, kept)
  const key = `${request.companyId}:${request.catalogueVersion}`
  const known = kept.get(key) ?? read()
  kept.set(key, known)
  return known
}

/** The terms that a request was made under. A type that is gone from its own version cannot be. */
export async function termsOf(
  ctx: Ctx,
  request: Pick<RequestRow, 'companyId' | 'catalogueVersion' | 'typeId'>,
  tx?: Tx,
): Promise<Terms> {
  const { body } = await versionOf(ctx, request, tx)
  const type = serviceTypeOf(body, request.typeId)
  if (!type)
    throw new Error(`Version ${request.catalogueVersion} of ${request.companyId} has no ${request.typeId}.`)
  return { body, type }
}

/** The type that a request was made under, as its own version of the catalogue has it. */
export async function typeOfRequest(
  ctx: Ctx,
  request: Pick<RequestRow, 'companyId' | 'catalogueVersion' | 'typeId'>,
  tx?: Tx,
): Promise<ServiceType> {
  return (await termsOf(ctx, request, tx)).type
}

export function clockWorld(ctx: Ctx, at = ctx.clock.now()): ClockWorld {
  return {
    now: at,
    counting: {
      add: (calendar, fromMs, ms) => addWorking(calendarNamed(ctx, calendar), fromMs, ms),
      between: (calendar, fromMs, toMs) => workingBetween(calendarNamed(ctx, calendar), fromMs, toMs),
    },
  }
}

/** Town, country or far away; what we cannot place counts as town, whose limits are the shortest. */
export async function areaClassOfRequest(
  reader: Reader,
  body: CatalogueBody,
  areaId: string | null,
): Promise<AreaClass> {
  const area = areaId === null ? undefined : (await areasByIds(reader, [areaId])).get(areaId)
  return areaClassOf(body, area?.fullName ?? '')
}

/** The limits of one rule for this request, as a clock keeps them. */
export function limitsOf(
  rule: ClockRule,
  area: AreaClass,
  priority: number,
): Pick<ClockRow, 'calendar' | 'limitMinutes' | 'warnShare'> {
  return {
    calendar: rule.calendar,
    limitMinutes: limitMinutes(rule, area, priority),
    warnShare: Math.round(rule.warnAt * 100),
  }
}

/** One clock that waits for its start. */
export function waitingClock(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'companyId'>,
  rule: ClockRule,
  how: {
    readonly round: number
    readonly area: AreaClass
    readonly priority: number
    readonly visit?: Visit | null | undefined
  },
): ClockRow {
  return {
    id: ctx.ids.next(),
    requestId: request.id,
    companyId: request.companyId,
    kind: rule.kind,
    round: how.round,
    state: 'waiting',
    ...limitsOf(rule, how.area, how.priority),
    usedMs: 0,
    runs: '[]',
    runsSince: null,
    dueAt: null,
    warnAt: null,
    nextStep: null,
    nextStepAt: null,
    stepLeftMs: null,
    metAt: null,
    breachedAt: null,
    visitFrom: how.visit?.startsAt ?? null,
    visitTo: how.visit?.endsAt ?? null,
  }
}

/**
 * The clocks of a new request, or of one that was opened again: its round begins in `state`, and what that state has
 * met already is not promised once more.
 */
export function freshClocks(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'companyId' | 'priority'>,
  terms: Terms,
  how: {
    readonly round: number
    readonly area: AreaClass
    readonly state: RequestState
    readonly visit?: Visit | null
  },
): ClockRow[] {
  const world = clockWorld(ctx)
  return terms.type.clocks
    .filter((rule) => !hasReached(how.state, rule.metBy))
    .map((rule) => waitingClock(ctx, request, rule, { ...how, priority: request.priority }))
    .map((row) => advance(row, terms.type.clocks, how.state, world))
}

/** What reaching a state does to one clock by the catalogue: it meets it, starts it, or neither. */
export function advance(
  row: ClockRow,
  rules: readonly ClockRule[],
  state: RequestState,
  world: ClockWorld,
): ClockRow {
  const rule = rules.find(({ kind }) => kind === row.kind)
  if (!rule || !isOpen(row)) return row
  if (hasReached(state, rule.metBy)) return meet(row, world.now)
  return row.state === 'waiting' && hasReached(state, rule.startsAt) ? start(row, world) : row
}

/** Lets a move do to the clocks what the table and the catalogue say. Answers what the inbox needs of them. */
export async function moveClocks(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  move: { readonly effect: Move['clocks']; readonly to: RequestState; readonly at?: number },
): Promise<{ nextDueAt: number; nextWarnAt: number }> {
  const world = clockWorld(ctx, move.at)
  const terms = await termsOf(ctx, request, tx)
  const before = (await clocksOf(tx, [request.id])).get(request.id) ?? []
  const after = before.map((row) => affected(row, terms, move, world))
  for (const [index, row] of after.entries()) if (row !== before[index]) await saveClock(tx, row)
  if (move.effect !== 'anew') return nearest(after)
  const area = await areaClassOfRequest(tx, terms.body, request.areaId)
  const round = Math.max(0, ...before.map((row) => row.round)) + 1
  const fresh = freshClocks(ctx, request, terms, { round, area, state: 'accepted' }).map((row) =>
    move.to === 'merged' ? pause(row, world) : row,
  )
  await insertClocks(tx, fresh)
  return nearest([...after, ...fresh])
}

/** Lets the promises follow the visit that a request has now, or has no more. Answers what the inbox needs of them. */
export async function agreeOnVisit(
  tx: Tx,
  ctx: Ctx,
  request: Pick<RequestRow, 'id'>,
  visit: Visit | null,
): Promise<{ nextDueAt: number; nextWarnAt: number }> {
  const world = clockWorld(ctx)
  const before = (await clocksOf(tx, [request.id])).get(request.id) ?? []
  const after = before.map((row) => agreeOn(row, visit, world))
  for (const [index, row] of after.entries()) if (row !== before[index]) await saveClock(tx, row)
  return nearest(after)
}

function affected(
  row: ClockRow,
  terms: Terms,
  move: { readonly effect: Move['clocks']; readonly to: RequestState },
  world: ClockWorld,
): ClockRow {
  const rules = terms.type.clocks
  switch (move.effect) {
    case 'pause':
      return pause(row, world)
    case 'resume':
      return move.to === 'on-hold' ? row : advance(resume(row, world), rules, move.to, world)
    case 'stop':
      return stop(advance(row, rules, move.to, world), world.now)
    case 'anew':
      return stop(row, world.now)
    case 'go-on':
      return advance(row, rules, move.to, world)
  }
}
