import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { type Actor, moveRequest, type RequestRow, tellStaff } from '../requests'
import { teamById, type TeamFacts, workersOf } from '../staff'
import { dropLeadOffer, dropPlaceOfRequest } from './store'

/** A pool is told to whoever is online, and to no more than this many telephones. */
const TOLD_MAX = 30

/** The team, when it is one of the request's own company. Errors: not_found. */
export async function teamFor(
  tx: Tx,
  request: Pick<RequestRow, 'companyId'>,
  teamId: string,
): Promise<TeamFacts> {
  const team = await teamById(tx, teamId)
  if (team?.companyId !== request.companyId)
    throw new AppError('not_found', { message: '没有找到这个班组，请刷新后再选。' })
  return team
}

/**
 * Offers an order to a worker of the team, who has `offerSeconds` of the company's catalogue to take it, or lays it
 * into the team's pool for as long. The caller holds the request's lock and has judged who may. Errors: not_found for
 * a worker who is not of that team, and those of moveRequest.
 */
export async function offerOrder(
  tx: Tx,
  ctx: Ctx,
  offer: {
    readonly request: RequestRow
    readonly team: TeamFacts
    readonly staffId: string | null
    readonly by: Actor
    readonly words?: string | undefined
  },
): Promise<RequestRow> {
  const { request, team, staffId, by, words } = offer
  const workers = await workersOf(tx, { companyId: request.companyId, teamId: team.id })
  if (staffId !== null && !workers.some((worker) => worker.id === staffId))
    throw new AppError('not_found', { message: '这位师傅不在这个班组，请刷新后再选。' })
  const { body } = await currentCatalogue(ctx, request.companyId, tx)
  const answerBy = ctx.clock.now() + body.offerSeconds * 1000
  const moved = await moveRequest(tx, ctx, {
    request,
    move: 'dispatch',
    by,
    words,
    assign: { teamId: team.id, staffId, answerBy },
  })
  await dropLeadOffer(tx, request.id)
  await dropPlaceOfRequest(tx, request.id)
  const told =
    staffId === null ? workers.filter(({ presence }) => presence === 'online').map(({ id }) => id) : [staffId]
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: told.slice(0, TOLD_MAX),
    what: staffId === null ? '待抢单' : '新派单',
    remark: `${request.areaName} 请在${body.offerSeconds}秒内接单`,
    key: `offer:${moved.version}`,
  })
  const lost = request.assigneeId
  if (lost !== null && lost !== staffId && lost !== by.id)
    await tellStaff(tx, ctx, {
      request: moved,
      staffIds: [lost],
      what: '已转给别人',
      remark: `不用去了 ${request.areaName}`.trim(),
      key: `lost:${moved.version}`,
    })
  return moved
}
