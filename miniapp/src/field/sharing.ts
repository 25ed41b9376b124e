import { afterSteps } from './after-steps'
import type { Outbox, Today } from './types'

/**
 * Pure: the orders for which the place may be sent now, by id. Only with consent, only for one that the server knows
 * to be on the way, and no longer once the worker has said here that they arrived.
 */
export function sharedOrders(today: Today | null, outbox: Outbox): string[] {
  if (!today?.worker.locationConsent) return []
  return today.orders
    .filter((order) => order.state === 'on-the-way' && afterSteps(order, outbox).state === 'on-the-way')
    .map(({ requestId }) => requestId)
}

export interface SharingPorts {
  here(): Promise<{ latE6: number; lngE6: number; accuracyM: number } | null>
  send(place: { latE6: number; lngE6: number; accuracyM: number }): Promise<{ goOn: boolean }>
}

/** One turn: where I am goes out. False when the server says to stop; a place that could not be had is no reason. */
export async function sharePlace(ports: SharingPorts): Promise<boolean> {
  const place = await ports.here()
  if (place === null) return true
  try {
    return (await ports.send(place)).goOn
  } catch {
    // Without a network the next turn tries again; nothing is kept to be sent later.
    return true
  }
}
