import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { idsBetween, invoiceCompanies } from './desk-scope'
import { presentDeskRow, STUCK_MS } from './present-desk'
import { type DeskFilter, deskInvoices } from './store'

/** Invoices of the companies in my scope, newest first. Errors: not_found for a company that is not, invalid_input. */
export async function listDeskInvoices(
  ctx: Ctx,
  asked: {
    readonly companyId?: string | undefined
    readonly tab: DeskFilter['tab']
    readonly invoiceNo?: string | undefined
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
) {
  const asOf = ctx.clock.now()
  if (asked.cursor !== undefined && !/^[0-9A-Z]{26}$/.test(asked.cursor)) throw new AppError('invalid_input')
  const companies = invoiceCompanies(ctx, asked.companyId)
  if (companies.length === 0) {
    if (asked.companyId !== undefined) throw new AppError('not_found', { detail: 'company out of scope' })
    return { items: [], nextCursor: null, asOf }
  }
  const rows = await deskInvoices(ctx.db.reader, {
    companies,
    tab: asked.tab,
    stuckBefore: asOf - STUCK_MS,
    invoiceNo: asked.invoiceNo ?? null,
    ...idsBetween(asked.from, asked.to),
    before: asked.cursor ?? null,
    limit: asked.limit + 1,
  })
  const page = rows.slice(0, asked.limit)
  return {
    items: page.map((row) => presentDeskRow(ctx, row)),
    nextCursor: rows.length > asked.limit ? (page.at(-1)?.id ?? null) : null,
    asOf,
  }
}
