import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { doorsInOrder } from '../households'
import { targetOf } from './desk-scope'
import { makeCodes } from './make-code'
import { revokeCodes } from './revoke-codes'
import type { RevokeReason } from './schema'
import { activeCodesOf } from './store'

/** No building has more; a mistake is then a building large at most. */
const MOST = 1000

/**
 * Takes the codes of a building or a unit out of use in one transaction, and where wanted makes the next ones. Errors:
 * not_found outside my scope, invalid_input for more than a building.
 */
export async function revokeArea(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly areaId: string
    readonly why: RevokeReason
    readonly renew: boolean
  },
): Promise<{ revoked: number; made: number }> {
  const target = await targetOf(ctx, { companyId: input.companyId, areaId: input.areaId })
  const isBuilding = target.areaKind === 'building' || target.areaKind === 'unit'
  if (!isBuilding || target.households > MOST)
    throw new AppError('invalid_input', {
      message: '一次最多停用一栋楼的码，请选一栋楼或一个单元。',
      fields: [{ path: 'areaId', message: '请选一栋楼或一个单元' }],
    })
  const { doors } = await doorsInOrder(ctx.db.reader, { ...target, after: null, limit: MOST })
  const by = `staff:${staffOf(ctx).id}`
  return inTransaction(ctx, async (tx) => {
    const active = await activeCodesOf(
      tx,
      doors.map(({ id }) => id),
    )
    const revoked = await revokeCodes(
      tx,
      ctx,
      [...active.values()].map(({ id }) => id),
      { by, why: input.why },
    )
    if (!input.renew) return { revoked: revoked.length, made: 0 }
    const households = revoked.map(({ householdId, companyId }) => ({ id: householdId, companyId }))
    await makeCodes(tx, ctx, households, by)
    return { revoked: revoked.length, made: households.length }
  })
}
