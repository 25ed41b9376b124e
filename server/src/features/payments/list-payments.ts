import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { PaymentRow } from './entities'
import { paymentsOf } from './store'

/** One page of my payments, newest first. */
export async function listPayments(
  ctx: Ctx,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ rows: PaymentRow[]; nextCursor: string | null }> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const rows = await paymentsOf(ctx.db.reader, ids, page.cursor ?? null, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return { rows: shown, nextCursor: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}
