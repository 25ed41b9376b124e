import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { deskHousehold } from './desk-household'
import { endOne } from './end-proxy'
import { findProxy } from './store'

/** For somebody without a wallet who rang up and wants it no more. Errors: not_found outside my scope. */
export async function stopProxy(ctx: Ctx, input: { readonly proxyId: string }): Promise<void> {
  const row = await findProxy(ctx.db.reader, input.proxyId)
  if (row === null || row.householdId === null) throw new AppError('not_found', { detail: 'proxy' })
  await deskHousehold(ctx, row.householdId)
  await inTransaction(ctx, (tx) => endOne(tx, ctx, row.id, 'staff'))
}
