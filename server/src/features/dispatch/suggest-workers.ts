import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findRequest, heldOrders, type RequestRow, termsOf } from '../requests'
import { coversArea, inScope, type TeamFacts, teamsOf, type WorkerFacts, workersOf } from '../staff'
import { placesOfOrders } from './order-places'
import type { Candidate } from './schema'
import { type CandidateFacts, reasonOfCandidate, scoreCandidate } from './score-candidate'
import { distanceM, type Place } from './straight-line'
import { loadOf, whereWorkersAre } from './worker-places'

/** As many as a person looks through. */
const SHOWN_MAX = 30

/**
 * Who should go, best first, with the reason in words. However many workers there are, it takes one query each for
 * teams, workers, their orders, their places and the areas of those. Errors: not_found out of scope.
 */
export async function suggestWorkers(
  ctx: Ctx,
  input: { requestId: string },
): Promise<{ candidates: Candidate[] }> {
  const { reader } = ctx.db
  const request = await findRequest(reader, input.requestId)
  if (!request || !inScope(staffOf(ctx), request)) throw new AppError('not_found')
  const { type } = await termsOf(ctx, request)
  const [teams, workers] = await Promise.all([
    teamsOf(reader, request.companyId),
    workersOf(reader, { companyId: request.companyId }),
  ])
  const workerIds = workers.map(({ id }) => id)
  const held = await heldOrders(reader, workerIds)
  const [seen, places] = await Promise.all([
    whereWorkersAre(ctx, workerIds, held),
    placesOfOrders(ctx, [request]),
  ])
  const target = places.get(request.id) ?? null
  const load = loadOf(held)
  const errand = { typeName: type.name, areaName: communityOf(request) }
  const candidates = workers.map((worker) => {
    const facts: CandidateFacts = {
      presence: worker.presence,
      hasSkill: type.skill === null ? null : worker.skills.includes(type.skill),
      inArea: isTheirArea(worker, teams, request),
      openOrders: load.get(worker.id) ?? 0,
      distanceM: distanceTo(target, seen.get(worker.id)),
    }
    return present(worker, facts, reasonOfCandidate(facts, errand))
  })
  return { candidates: candidates.sort(bestFirst).slice(0, SHOWN_MAX) }
}

const communityOf = (request: RequestRow): string | null => request.areaName.split(' ')[0] || null

const distanceTo = (target: Place | null, from: Place | undefined): number | null =>
  target === null || from === undefined ? null : distanceM(from, target)

/** The worker's own areas, or those of the team for somebody without; a request without a place is in everybody's. */
function isTheirArea(worker: WorkerFacts, teams: readonly TeamFacts[], request: RequestRow): boolean {
  if (request.areaPath === '') return true
  const team = teams.find(({ id }) => id === worker.teamId)
  return (
    coversArea(worker.areaPaths, request.areaPath) && coversArea(team?.areaPaths ?? null, request.areaPath)
  )
}

function present(worker: WorkerFacts, facts: CandidateFacts, reason: string): Candidate {
  return {
    staffId: worker.id,
    name: worker.name,
    teamName: worker.teamName,
    presence: facts.presence,
    openOrders: facts.openOrders,
    distanceM: facts.distanceM,
    hasSkill: facts.hasSkill ?? true,
    inArea: facts.inArea,
    score: scoreCandidate(facts),
    reason,
  }
}

function bestFirst(a: Candidate, b: Candidate): number {
  return b.score - a.score || a.openOrders - b.openOrders || (a.staffId < b.staffId ? -1 : 1)
}
