import { companyOf } from '../../core/config/companies'
import type { Reader, Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { OutletRow, TicketRow } from './entities'
import { findOutlet, findTicket, lockOutlet } from './store'

/** The companies whose outlets this person looks after. An outlet serves a whole company, so areas do not matter. */
export function deskCompanies(ctx: Ctx): string[] {
  const { companies } = staffOf(ctx)
  return ctx.config.companies.map(({ id }) => id).filter((id) => companies === null || companies.includes(id))
}

/** Errors: not_found, also outside the scope. */
export function assertDeskCompany(ctx: Ctx, companyId: string): void {
  const { id } = companyOf(ctx, companyId)
  if (!deskCompanies(ctx).includes(id)) throw new AppError('not_found', { detail: `company ${id}` })
}

function seen(ctx: Ctx, outlet: OutletRow | null, id: string): OutletRow {
  if (outlet === null || !deskCompanies(ctx).includes(outlet.companyId))
    throw new AppError('not_found', { detail: `outlet ${id}` })
  return outlet
}

export const deskOutlet = async (reader: Reader, ctx: Ctx, outletId: string): Promise<OutletRow> =>
  seen(ctx, await findOutlet(reader, outletId), outletId)

export const lockDeskOutlet = async (tx: Tx, ctx: Ctx, outletId: string): Promise<OutletRow> =>
  seen(ctx, await lockOutlet(tx, outletId), outletId)

/** A number of an outlet in scope, read again after its queue was locked. Errors: not_found. */
export async function lockDeskTicket(
  tx: Tx,
  ctx: Ctx,
  ticketId: string,
): Promise<{ row: TicketRow; outlet: OutletRow }> {
  const nothing = (): AppError => new AppError('not_found', { detail: `ticket ${ticketId}` })
  const found = await findTicket(tx, ticketId)
  if (!found || !deskCompanies(ctx).includes(found.companyId)) throw nothing()
  const outlet = await lockDeskOutlet(tx, ctx, found.outletId)
  const row = await findTicket(tx, ticketId)
  if (!row) throw nothing()
  return { row, outlet }
}
