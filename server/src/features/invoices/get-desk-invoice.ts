import type { Ctx } from '../../platforms/context'
import { seenInvoice } from './desk-scope'
import { presentDeskInvoice, type Whole } from './present-desk'

/** One invoice with every step at the tax platform. Errors: not_found out of scope. */
export async function getDeskInvoice(
  ctx: Ctx,
  { invoiceId }: { readonly invoiceId: string },
): Promise<{ invoice: Whole }> {
  await seenInvoice(ctx, invoiceId)
  return { invoice: await presentDeskInvoice(ctx, invoiceId) }
}
