import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { minuteInWords } from '../requests'
import type { InvoiceRow } from './entities'

export const invoicePage = (id: string): string => `/invoices/detail/index?id=${id}`

/**
 * Says one step of an invoice to whoever asked for it; the same step is said once. Names nobody. `tip` is what fits on a
 * wallet's card, twenty letters.
 */
export async function tellOfInvoice(
  tx: Tx,
  ctx: Ctx,
  row: InvoiceRow,
  said: { readonly step: string; readonly state: string; readonly remark: string; readonly tip: string },
): Promise<void> {
  await notifyResident(tx, ctx, {
    residentId: row.residentId,
    companyId: row.companyId,
    template: 'invoice-progress',
    reason: `invoice:${row.id}:${said.step}`,
    facts: {
      about: row.about,
      state: said.state,
      time: minuteInWords(ctx.clock.now()),
      remark: said.remark.slice(0, 200),
      tip: said.tip,
    },
    page: invoicePage(row.id),
  })
}
