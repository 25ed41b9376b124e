import type { Tx } from '../../core/db/database'
import { endSessionsOf } from './session-store'
import { markEnded } from './store'

/** From the next request on nobody is this person any more: sessions end, and the rows say that they are over. */
export async function endResident(tx: Tx, residentIds: readonly string[], now: number): Promise<void> {
  for (const id of residentIds) {
    await endSessionsOf(tx, id, now)
    await markEnded(tx, id, now)
  }
}
