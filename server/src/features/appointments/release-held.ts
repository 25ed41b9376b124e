import type { Tx } from '../../core/db/database'
import { endBooking, heldBy } from './store'

/** Lets go whatever somebody holds for this type. */
export async function releaseHeld(
  tx: Tx,
  who: { readonly holderId: string; readonly companyId: string; readonly typeId: string },
): Promise<void> {
  for (const hold of await heldBy(tx, who)) await endBooking(tx, hold, 'held', 'freed')
}
