import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { HeldOrder } from '../requests'
import type { WorkerPlaceRow } from './entities'
import { placesOfOrders } from './order-places'
import { placesOfWorkers } from './store'
import type { Place } from './straight-line'

/** What a worker's telephone sent, as it is kept under a seal. */
export interface SentPlace extends Place {
  readonly accuracyM: number
}

export interface SeenWorker extends Place {
  readonly seenAt: number
  /** The order for whose sake it is known. */
  readonly order: HeldOrder
}

export function sealPlace(ctx: Ctx, place: SentPlace): string {
  return ctx.vault.seal(JSON.stringify(place))
}

function openPlace(ctx: Ctx, row: WorkerPlaceRow): SentPlace {
  // Only sealPlace makes what stands in this column.
  return JSON.parse(ctx.vault.open(row.placeSealed)) as SentPlace
}

/**
 * Where these workers are as far as we may know: what they send while an order is on the way, else the place of the
 * order at which they checked in. Everybody else is nowhere.
 */
export async function whereWorkersAre(
  ctx: Ctx,
  workerIds: readonly string[],
  held: readonly HeldOrder[],
  reader: Reader = ctx.db.reader,
): Promise<Map<string, SeenWorker>> {
  const onSite = held.filter(({ state }) => state === 'on-site')
  const onTheWay = new Map(
    held.filter(({ state }) => state === 'on-the-way').map((order) => [order.id, order]),
  )
  const [sent, places] = await Promise.all([
    placesOfWorkers(reader, workerIds),
    placesOfOrders(ctx, onSite, reader),
  ])
  const seen = new Map<string, SeenWorker>()
  for (const order of onSite) {
    const place = places.get(order.id)
    if (!place) continue
    const { latE6, lngE6 } = place
    seen.set(order.assigneeId, { latE6, lngE6, seenAt: order.updatedAt, order })
  }
  for (const row of sent) {
    const order = onTheWay.get(row.requestId)
    // What the schedule has not deleted yet, after the order left by another way, is not looked at any more.
    if (order?.assigneeId !== row.workerId) continue
    const { latE6, lngE6 } = openPlace(ctx, row)
    seen.set(row.workerId, { latE6, lngE6, seenAt: row.at, order })
  }
  return seen
}

/** How many orders each worker has in hand. */
export function loadOf(held: readonly HeldOrder[]): Map<string, number> {
  const load = new Map<string, number>()
  for (const { assigneeId } of held) load.set(assigneeId, (load.get(assigneeId) ?? 0) + 1)
  return load
}
