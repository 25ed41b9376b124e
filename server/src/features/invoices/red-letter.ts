import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { beginRed } from './begin-red'
import { seenInvoice } from './desk-scope'
import { presentDeskInvoice, type Whole } from './present-desk'
import { lockInvoice } from './store'

/** Cancels an issued invoice by a red letter. Errors: not_found out of scope, invoice_changed, move_not_allowed. */
export async function redLetter(
  ctx: Ctx,
  input: { readonly invoiceId: string; readonly version: number; readonly reason: string },
): Promise<{ invoice: Whole }> {
  await seenInvoice(ctx, input.invoiceId)
  await inTransaction(ctx, async (tx) => {
    const row = await lockInvoice(tx, input.invoiceId)
    if (row.version !== input.version) throw new AppError('invoice_changed')
    if (row.state !== 'issued')
      throw new AppError('move_not_allowed', { message: '只有已开出的发票能冲红，请刷新看看最新状态。' })
    await beginRed(tx, ctx, row, { reason: 'mistake', note: input.reason })
  })
  return { invoice: await presentDeskInvoice(ctx, input.invoiceId) }
}
