import type { Ctx } from '../../platforms/context'
import { ownInvoice } from './own-invoice'
import { linkTo } from './ticket'

/** An address for the PDF of my invoice. Errors: not_found, invoice_file_missing. */
export async function linkInvoice(ctx: Ctx, { invoiceId }: { readonly invoiceId: string }) {
  return linkTo(ctx, await ownInvoice(ctx, invoiceId))
}
