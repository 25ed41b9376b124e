import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { catalogueVersion, serviceTypeOf } from '../catalogue'
import { baseMapOf } from '../households'
import { heldOrders, NEVER_DUE, openPoints, type OpenPoint } from '../requests'
import { inScope, scopeSql, workersOf } from '../staff'
import { type OrderPlace, placesOfOrders } from './order-places'
import { loadOf, whereWorkersAre } from './worker-places'

const POINTS_MAX = 2000

interface MapRequest {
  readonly requestId: string
  readonly number: string
  readonly typeName: string
  readonly state: OpenPoint['state']
  readonly priority: number
  readonly dueAt: number | null
  readonly latE6: number
  readonly lngE6: number
  readonly exact: 'point' | 'area'
}

/**
 * The company's own base map with its open requests and workers on it, in my scope. What is due next comes first where
 * there are more than two thousand. Errors: not_found for a company outside my scope.
 */
export async function readMap(ctx: Ctx, input: { companyId: string }) {
  const { reader } = ctx.db
  const staff = staffOf(ctx)
  const company = companyOf(ctx, input.companyId)
  if (staff.companies !== null && !staff.companies.includes(company.id)) throw new AppError('not_found')
  const [points, workers] = await Promise.all([
    openPoints(reader, company.id, scopeSql(staff, 'r'), POINTS_MAX),
    workersOf(reader, { companyId: company.id }),
  ])
  const workerIds = workers.map(({ id }) => id)
  const held = await heldOrders(reader, workerIds)
  const load = loadOf(held)
  const [places, seen] = await Promise.all([
    placesOfOrders(ctx, points),
    whereWorkersAre(ctx, workerIds, held),
  ])
  return {
    base: baseMapOf(company.id).map((shape) => ({ ...shape, points: [...shape.points] })),
    requests: await presentPoints(ctx, points, places),
    workers: workers.flatMap(({ id, name, presence }) => {
      const known = seen.get(id)
      // Where somebody is, is known for the sake of one order, and shown to those who may see that order.
      if (!known || !inScope(staff, known.order)) return []
      const { latE6, lngE6, seenAt } = known
      return [{ staffId: id, name, presence, latE6, lngE6, seenAt, openOrders: load.get(id) ?? 0 }]
    }),
    asOf: ctx.clock.now(),
  }
}

async function presentPoints(
  ctx: Ctx,
  points: readonly OpenPoint[],
  places: ReadonlyMap<string, OrderPlace>,
): Promise<MapRequest[]> {
  const shown: MapRequest[] = []
  for (const point of points) {
    const place = places.get(point.id)
    if (!place) continue
    // Versions are kept in the process, so this is no query per point.
    const { body } = await catalogueVersion(ctx, point.companyId, point.catalogueVersion)
    shown.push({
      requestId: point.id,
      number: point.number,
      typeName: serviceTypeOf(body, point.typeId)?.name ?? point.typeId,
      state: point.state,
      priority: point.priority,
      dueAt: point.nextDueAt >= NEVER_DUE ? null : point.nextDueAt,
      ...place,
    })
  }
  return shown
}
