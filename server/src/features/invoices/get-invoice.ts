import type { Ctx } from '../../platforms/context'
import { ownInvoice } from './own-invoice'
import { presentInvoice } from './present'
import type { InvoiceView } from './schema'

/** One of my invoices. Errors: not_found. */
export async function getInvoice(
  ctx: Ctx,
  { invoiceId }: { readonly invoiceId: string },
): Promise<{ invoice: InvoiceView }> {
  await ownInvoice(ctx, invoiceId)
  return { invoice: await presentInvoice(ctx, invoiceId) }
}
