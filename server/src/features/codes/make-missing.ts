import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { beginOrder } from './begin-order'
import type { CodeOrderView } from './desk-schema'
import { type TargetInput, targetOf } from './desk-scope'
import { makeCode } from './make-code'
import { presentOrder } from './present-order'

/**
 * Makes the codes that are missing: one household's now, those of a place or a company step by step. One household that
 * had its code revoked gets the next one; an order leaves such households out. Errors: as targetOf.
 */
export async function makeMissing(ctx: Ctx, input: TargetInput): Promise<{ order: CodeOrderView | null }> {
  const target = await targetOf(ctx, input)
  const { householdId, companyId } = target
  return inTransaction(ctx, async (tx) => {
    if (householdId !== null) {
      await makeCode(tx, ctx, { id: householdId, companyId }, `staff:${staffOf(ctx).id}`)
      return { order: null }
    }
    return { order: presentOrder(await beginOrder(tx, ctx, { target, form: null }), []) }
  })
}
