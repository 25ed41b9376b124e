import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import type { CodeOrderView } from './desk-schema'
import { filesOf, lockOrder } from './order-store'
import { presentOrder } from './present-order'
import type { CodeOrderRow } from './print-entities'

/** Changes an order of my scope under its lock, and shows it. Errors: not_found. */
export async function withOrder(
  ctx: Ctx,
  orderId: string,
  change: (tx: Tx, row: CodeOrderRow) => Promise<CodeOrderRow>,
): Promise<{ order: CodeOrderView }> {
  return inTransaction(ctx, async (tx) => {
    const row = await lockOrder(tx, orderId)
    if (row === null || !inScope(staffOf(ctx), row)) throw new AppError('not_found')
    const changed = await change(tx, row)
    return { order: presentOrder(changed, await filesOf(tx, [orderId])) }
  })
}
