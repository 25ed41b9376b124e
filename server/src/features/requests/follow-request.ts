import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { householdsOf, neighbourhoodOf } from '../households'
import type { RequestRow } from './entities'
import { isMine, myIds } from './own-request'
import { addFollower, removeFollower } from './people-store'
import { lockRequest } from './store'

/**
 * Follows a neighbour's request, or stops. It may be followed by whoever lives in the building, or by anybody when it
 * is about a place outdoors. Errors: not_found for every other one, and for one's own.
 */
export async function followRequest(
  ctx: Ctx,
  input: { readonly requestId: string; readonly follow: boolean },
): Promise<void> {
  const resident = residentOf(ctx)
  const ids = await myIds(ctx)
  if (!input.follow) {
    await inTransaction(ctx, (tx) => removeFollower(tx, input.requestId, ids))
    return
  }
  const near = await areasNear(ctx, resident.id)
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, input.requestId)
    if (isMine(request, ids) || !mayFollow(request, near))
      throw new AppError('not_found', { detail: 'not a neighbour’s request' })
    await addFollower(tx, request.id, resident.id, ctx.clock.now())
  })
}

/** The places whose faults are this person's, too. */
async function areasNear(ctx: Ctx, residentId: string): Promise<ReadonlySet<string>> {
  const households = await householdsOf(ctx, residentId)
  const homes = await Promise.all(households.map(({ id }) => neighbourhoodOf(ctx.db.reader, id)))
  return new Set(homes.flatMap((home) => home?.areaIds ?? []))
}

function mayFollow(request: RequestRow, near: ReadonlySet<string>): boolean {
  if (request.openSlot === null || request.class !== 'repair' || request.anonymous === 1) return false
  if (request.householdId === null && request.latE6 !== null) return true
  return request.areaId !== null && near.has(request.areaId)
}
