import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { type AreaPlaces, areasByIds, filePlacesOf, placeOfArea } from '../households'
import type { RequestRow } from '../requests'
import type { Place } from './straight-line'

/** Where an order is, and whether that is its own point or only the place of its area. */
export interface OrderPlace extends Place {
  readonly exact: 'point' | 'area'
}

type Placed = Pick<RequestRow, 'id' | 'companyId' | 'latE6' | 'lngE6' | 'areaPath'>

/** Where these orders are; those that nobody can place are left out. One query for all of them. */
export async function placesOfOrders(
  ctx: Ctx,
  orders: readonly Placed[],
  reader: Reader = ctx.db.reader,
): Promise<Map<string, OrderPlace>> {
  const unplaced = orders.filter((order) => order.latE6 === null || order.lngE6 === null)
  const lowest = new Map(unplaced.map((order) => [order.id, lowestArea(order.areaPath)]))
  const areas = await areasByIds(
    reader,
    [...lowest.values()].filter((id) => id !== null),
  )
  const known = await knownPlaces(ctx, unplaced)
  return new Map(
    orders.flatMap((order): [string, OrderPlace][] => {
      const { id, latE6, lngE6 } = order
      if (latE6 !== null && lngE6 !== null) return [[id, { latE6, lngE6, exact: 'point' }]]
      const area = areas.get(lowest.get(id) ?? '')
      const place = area ? placeOfArea(known.get(order.companyId) ?? {}, area.fullName) : null
      return place === null ? [] : [[id, { ...place, exact: 'area' }]]
    }),
  )
}

/** `a/b/c/` → c: the exactest knot of the tree of places. */
function lowestArea(areaPath: string): string | null {
  return areaPath.split('/').at(-2) ?? null
}

async function knownPlaces(ctx: Ctx, orders: readonly Placed[]): Promise<Map<string, AreaPlaces>> {
  const companyIds = [...new Set(orders.map(({ companyId }) => companyId))]
  return new Map(
    await Promise.all(
      companyIds.map(async (id): Promise<[string, AreaPlaces]> => {
        const { body } = await currentCatalogue(ctx, id)
        return [id, { ...filePlacesOf(id), ...body.areaPlaces }]
      }),
    ),
  )
}
