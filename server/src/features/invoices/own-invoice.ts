import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { InvoiceRow } from './entities'
import { findInvoice } from './store'

/** My invoice, or not_found: whether a stranger's exists is nobody's business. */
export async function ownInvoice(ctx: Ctx, invoiceId: string): Promise<InvoiceRow> {
  const { reader } = ctx.db
  const row = await findInvoice(reader, invoiceId)
  const mine = await residentAliases(reader, residentOf(ctx).id)
  if (row === null || !mine.includes(row.residentId))
    throw new AppError('not_found', { detail: 'invoice of another' })
  return row
}
