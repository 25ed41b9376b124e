import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { discardSealed } from '../files'
import { deleteFile, filesOf, lockOrder, ordersToClear, saveOrder } from './order-store'
import { FILES_KEPT_MS } from './present-order'
import type { CodeOrderRow } from './print-entities'

const ORDERS_AT_ONCE = 20

/** Deletes printed files whose week is over, and what a cancelled order left half done. The order itself stays. */
async function clearPrinted(ctx: Ctx, stopping: AbortSignal): Promise<void> {
  const before = ctx.clock.now() - FILES_KEPT_MS
  while (!stopping.aborted) {
    const orders = await ordersToClear(ctx.db.reader, before, ORDERS_AT_ONCE)
    for (const order of orders) await clearOne(ctx, order)
    if (orders.length < ORDERS_AT_ONCE) return
  }
}

async function clearOne(ctx: Ctx, order: CodeOrderRow): Promise<void> {
  if (order.growing !== null) await discardSealed(ctx, order.growing)
  for (const { name, fileNo } of await filesOf(ctx.db.reader, [order.id])) {
    // The bytes go first: a row without bytes is deleted at the next turn, bytes without a row by nobody.
    await discardSealed(ctx, name)
    await inTransaction(ctx, (tx) => deleteFile(tx, order.id, fileNo))
  }
  await inTransaction(ctx, async (tx) => {
    const row = await lockOrder(tx, order.id)
    if (row !== null) await saveOrder(tx, { ...row, files: 0, growing: null })
  })
}

export const clearPrintedHourly = defineSchedule({
  name: 'codes.clear-printed',
  everyMs: 3_600_000,
  run: clearPrinted,
})
