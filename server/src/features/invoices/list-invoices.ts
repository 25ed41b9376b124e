import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { presentSummary } from './present'
import { invoicesOfResident } from './store'

/** One page of my invoices, newest first. Errors: invalid_input. */
export async function listInvoices(
  ctx: Ctx,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  if (cursor !== undefined && !/^[0-9A-Z]{26}$/.test(cursor)) throw new AppError('invalid_input')
  const { reader } = ctx.db
  const ids = await residentAliases(reader, residentOf(ctx).id)
  const rows = await invoicesOfResident(reader, ids, { before: cursor ?? null, limit: limit + 1 })
  const page = rows.slice(0, limit)
  return {
    items: page.map((row) => presentSummary(ctx, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    asOf: ctx.clock.now(),
  }
}
