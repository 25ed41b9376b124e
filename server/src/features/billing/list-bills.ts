import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { historyFrom } from '../households'
import { decodeCursor, encodeCursor } from './cursor'
import { presentBill } from './present'
import type { BillSummary } from './schema'
import { billPage } from './store'
import { viewerOf } from './viewer'
import { seesBill } from './whose-bill'

/**
 * One household's bills, newest period first, as far back as the asker's time goes. Errors: not_found unless the household is bound to the asker,
 * invalid_input for a cursor that is not ours.
 */
export async function listBills(
  ctx: Ctx,
  input: { householdId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: BillSummary[]; nextCursor: string | null }> {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor)
  // Both questions go out together; the page is let go only when the first one allows it.
  const [histories, rows] = await Promise.all([
    historyFrom(ctx, residentOf(ctx).id, [input.householdId]),
    billPage(ctx.db.reader, input.householdId, after, input.limit + 1),
  ])
  const history = histories.get(input.householdId)
  if (history === undefined) throw new AppError('not_found', { detail: 'household not bound' })
  const shown = rows.slice(0, input.limit)
  const page = shown.filter((row) => seesBill(history, row))
  // Below what is not shown any more there is nothing that would be.
  const isMore = page.length === shown.length
  const viewer = await viewerOf(ctx, page)
  const last = shown.at(-1)
  const nextCursor = rows.length > input.limit && last !== undefined && isMore ? encodeCursor(last) : null
  return { items: page.map((row) => presentBill(row, viewer)), nextCursor }
}
