import { inTransaction, type Tx } from '../../core/db/database'
import { firstIdAt } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { billRefundsAfter, leftOfPayments } from '../payments'
import { beginRed } from './begin-red'
import { heldItems, itemsOf, lockInvoice, refundCursor, saveRefundCursor } from './store'

const BATCH = 200
/** A refund that was made earlier may be committed later; after this it surely is. */
const SETTLED_MS = 120_000

/**
 * Follows the refunds: an invoice over money of which any part goes back is cancelled by a red letter. Payments know
 * nothing of invoices; a cursor walks their refunds and goes over the newest again. From the decision on the money is
 * not the company's any more, so the wallet is not waited for.
 */
export async function watchRefunds(ctx: Ctx): Promise<void> {
  const { reader } = ctx.db
  const rows = await billRefundsAfter(reader, { afterId: await refundCursor(reader), limit: BATCH })
  if (rows.length === 0) return
  const held = await heldItems(reader, [...new Set(rows.map(({ paymentId }) => paymentId))])
  const hit = held.filter((item) =>
    rows.some(({ paymentId, billId }) => paymentId === item.paymentId && billId === item.billId),
  )
  for (const invoiceId of new Set(hit.map((item) => item.invoiceId))) await takeBack(ctx, invoiceId)
  const settled = rows.findLast(({ id }) => id < firstIdAt(ctx.clock.now() - SETTLED_MS))
  if (settled) await inTransaction(ctx, (tx) => saveRefundCursor(tx, settled.id))
}

/** Nothing where the invoice was asked for after the refund, for what was left. */
async function takeBack(ctx: Ctx, invoiceId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockInvoice(tx, invoiceId)
    if (await isWholeStill(tx, invoiceId)) return
    await beginRed(tx, ctx, row, { reason: 'returned', note: null })
  })
}

/** Whether all the money that an invoice speaks of is still the company's. */
export async function isWholeStill(tx: Tx, invoiceId: string): Promise<boolean> {
  const items = await itemsOf(tx, [invoiceId])
  const left = await leftOfPayments(tx, [...new Set(items.map(({ paymentId }) => paymentId))])
  return items.every((item) =>
    left.some(
      ({ paymentId, billId, leftFen }) =>
        paymentId === item.paymentId && billId === item.billId && leftFen >= Number(item.amountFen),
    ),
  )
}
