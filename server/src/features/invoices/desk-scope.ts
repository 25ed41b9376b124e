import { firstIdAt } from '../../core/ids'
import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { InvoiceRow } from './entities'
import { findInvoice } from './store'

/** Invoices are kept by company and not by area: who sees some areas only sees none of them. */
export function invoiceCompanies(ctx: Ctx, asked: string | undefined): string[] {
  const { companies, areaPaths } = staffOf(ctx)
  if (areaPaths !== null) return []
  return ctx.config.companies
    .map(({ id }) => id)
    .filter((id) => (companies?.includes(id) ?? true) && (asked === undefined || asked === id))
}

/** Errors: not_found, whether it does not exist or is another company's. */
export async function seenInvoice(ctx: Ctx, id: string): Promise<InvoiceRow> {
  const row = await findInvoice(ctx.db.reader, id)
  if (row === null || !invoiceCompanies(ctx, row.companyId).includes(row.companyId))
    throw new AppError('not_found', { detail: 'invoice out of scope' })
  return row
}

/** Ids of what was made on these Shanghai days. Errors: invalid_input. */
export function idsBetween(
  from: string | undefined,
  to: string | undefined,
): { fromId: string | null; untilId: string | null } {
  const at = (day: string, plus: number): string => {
    const start = shanghaiDayStart(day)
    if (Number.isNaN(start)) throw new AppError('invalid_input')
    return firstIdAt(start + plus)
  }
  return {
    fromId: from === undefined ? null : at(from, 0),
    untilId: to === undefined ? null : at(to, DAY_MS),
  }
}
