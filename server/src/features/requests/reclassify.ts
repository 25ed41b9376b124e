import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { clocksOf, insertClocks, saveClock } from './clock-store'
import {
  type ClockWorld,
  hasReached,
  isOpen,
  nearest,
  pause,
  retime,
  runsOf,
  start,
  type Visit,
} from './clocks'
import type { ClockRow, RequestRow } from './entities'
import { areaClassOfRequest, clockWorld, limitsOf, type Terms, termsOf, waitingClock } from './run-clocks'
import { touchRequest } from './touch-request'

/**
 * Gives a request its right type and priority. Clocks that are open follow the new type from the first moment, also
 * one that was missed under the wrong type; verdicts that were made stay. A type that only a newer catalogue has
 * brings the request to that version. Errors: not_found for a type that the company does not have, request_changed.
 */
export async function reclassify(
  tx: Tx,
  ctx: Ctx,
  change: { readonly request: RequestRow; readonly typeId: string; readonly priority: number },
): Promise<RequestRow> {
  const renamed = await renamedRequest(tx, ctx, change)
  const terms = await termsOf(ctx, renamed, tx)
  const clocks = await retimed(tx, ctx, renamed, terms)
  const { typeId, class: kind, catalogueVersion, priority } = renamed
  return touchRequest(tx, ctx, change.request, {
    typeId,
    class: kind,
    catalogueVersion,
    priority,
    escalation: clocks.some((row) => row.state === 'missed' && isOpen(row)) ? renamed.escalation : 0,
    ...nearest(clocks),
  })
}

async function renamedRequest(
  tx: Tx,
  ctx: Ctx,
  { request, typeId, priority }: { request: RequestRow; typeId: string; priority: number },
): Promise<RequestRow> {
  const own = await termsOf(ctx, request, tx)
  const known = serviceTypeOf(own.body, typeId)
  if (known) return { ...request, typeId, priority, class: known.class }
  const { version, body } = await currentCatalogue(ctx, request.companyId, tx)
  const type = serviceTypeOf(body, typeId)
  if (!type) throw new AppError('not_found', { message: '没有这个服务类型，请刷新后再选。' })
  return { ...request, typeId, priority, class: type.class, catalogueVersion: version }
}

async function retimed(tx: Tx, ctx: Ctx, request: RequestRow, terms: Terms): Promise<ClockRow[]> {
  const world = clockWorld(ctx)
  const area = await areaClassOfRequest(tx, terms.body, request.areaId)
  const all = (await clocksOf(tx, [request.id])).get(request.id) ?? []
  const round = Math.max(1, ...all.map((row) => row.round))
  const after: ClockRow[] = []
  for (const row of all) {
    const rule = terms.type.clocks.find(({ kind }) => kind === row.kind)
    const next =
      row.round < round || !isOpen(row)
        ? row
        : rule
          ? retime(row, limitsOf(rule, area, request.priority), world)
          : {
              ...row,
              state: 'void' as const,
              runsSince: null,
              nextStep: null,
              nextStepAt: null,
              stepLeftMs: null,
            }
    if (next !== row) await saveClock(tx, next)
    after.push(next)
  }
  const visit = (await appointmentOf(ctx, [request.id], tx)).get(request.id)?.slot ?? null
  const fresh = missingClocks(ctx, { request, terms, area, world, round, visit }, all)
  await insertClocks(tx, fresh)
  return [...after, ...fresh]
}

/** Promises that the old type did not have; they run from the moment from which the request was promised anything. */
function missingClocks(
  ctx: Ctx,
  at: {
    request: RequestRow
    terms: Terms
    area: Parameters<typeof limitsOf>[1]
    world: ClockWorld
    round: number
    visit: Visit | null
  },
  all: readonly ClockRow[],
): ClockRow[] {
  const { request, terms, world, round } = at
  const state = request.mergedState ?? request.stateBefore ?? request.state
  const current = all.filter((row) => row.round === round)
  const firstMs = Math.min(
    ...current.flatMap((row) => [
      ...runsOf(row).map(([from]) => from),
      ...(row.runsSince === null ? [] : [row.runsSince]),
    ]),
    round === 1 ? request.createdAt : world.now,
  )
  const resting = request.state === 'on-hold' || request.state === 'merged'
  return terms.type.clocks
    .filter((rule) => !current.some((row) => row.kind === rule.kind) && !hasReached(state, rule.metBy))
    .map((rule) => {
      const row = waitingClock(ctx, request, rule, { ...at, priority: request.priority })
      if (!hasReached(state, rule.startsAt)) return row
      const fromMs = rule.startsAt === 'submitted' || rule.startsAt === 'accepted' ? firstMs : world.now
      const running = start(row, world, fromMs)
      return resting ? pause(running, world) : running
    })
}
