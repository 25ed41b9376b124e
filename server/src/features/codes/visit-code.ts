import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { findActiveCode } from './find-code'
import { grantByCode, type Visit } from './grant-by-code'

/**
 * Opens paying, reading the meter and reporting a fault at this household to the resident for a while. Errors:
 * code_unknown, code_revoked, rate_limited.
 */
export async function visitCode(ctx: Ctx, input: { token: string }, device: string): Promise<Visit> {
  const found = await findActiveCode(ctx, input, device)
  return inTransaction(ctx, (tx) => grantByCode(tx, ctx, found.id, residentOf(ctx).id))
}
