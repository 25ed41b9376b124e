import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { endVisitsOfCodes } from '../households'
import type { HouseholdCodeRow } from './entities'
import type { RevokeReason } from './schema'
import { lockCodes, revokeRows } from './store'

/**
 * Takes codes out of use: from the commit on they open nothing, and whoever was visiting by one of them is out at
 * once. Answers the codes that were active until now; others are left as they are.
 */
export async function revokeCodes(
  tx: Tx,
  ctx: Ctx,
  codeIds: readonly string[],
  how: { readonly by: string; readonly why: RevokeReason },
): Promise<HouseholdCodeRow[]> {
  const codes = (await lockCodes(tx, codeIds)).filter(({ activeSlot }) => activeSlot === 1)
  if (codes.length === 0) return []
  const ids = codes.map(({ id }) => id)
  await revokeRows(tx, ids, { ...how, now: ctx.clock.now() })
  await endVisitsOfCodes(tx, ids)
  for (const { id, householdId } of codes)
    await recordAudit(tx, ctx, {
      action: 'codes.revoke',
      actor: how.by,
      object: `household:${householdId}`,
      detail: { codeId: id, why: how.why },
    })
  return codes
}
