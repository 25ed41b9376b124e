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
  const [sent, places] = await Promise.all([
    placesOfWorkers(reader, workerIds),
    placesOfOrders(ctx, onSite, reader),
  ])
  const seen = new Map<string, SeenWorker>()
  for (const order of onSite) {
    const place = places.get(order.id)
    if (place) seen.set(order.assigneeId, { latE6: place.latE6, lngE6: place.lngE6, seenAt: order.updatedAt })
  }
  for (const row of sent) {
    const { latE6, lngE6 } = openPlace(ctx, row)
    seen.set(row.workerId, { latE6, lngE6, seenAt: row.at })
  }
  return seen
}
