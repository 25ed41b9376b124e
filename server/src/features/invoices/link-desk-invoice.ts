import type { Ctx } from '../../platforms/context'
import { seenInvoice } from './desk-scope'
import { linkTo } from './ticket'

/** An address for the PDF. Errors: not_found out of scope, invoice_file_missing. */
export async function linkDeskInvoice(ctx: Ctx, { invoiceId }: { readonly invoiceId: string }) {
  return linkTo(ctx, await seenInvoice(ctx, invoiceId))
}
