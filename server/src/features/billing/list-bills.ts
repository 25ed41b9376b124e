import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { assertBound } from '../households'
import { decodeCursor, encodeCursor } from './cursor'
import { presentBill } from './present'
import type { BillSummary } from './schema'
import { billPage } from './store'
import { viewerOf } from './viewer'

/**
 * One household's bills, newest period first. Errors: not_found unless the household is bound to the asker,
 * invalid_input for a cursor that is not ours.
 */
export async function listBills(
  ctx: Ctx,
  input: { householdId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: BillSummary[]; nextCursor: string | null }> {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor)
  // Both questions go out together; the page is let go only when the first one allows it.
  const [, rows] = await Promise.all([
    assertBound(ctx, residentOf(ctx).id, [input.householdId]),
    billPage(ctx.db.reader, input.householdId, after, input.limit + 1),
  ])
  const page = rows.slice(0, input.limit)
  const viewer = await viewerOf(ctx, page)
  const last = page.at(-1)
  const nextCursor = rows.length > input.limit && last !== undefined ? encodeCursor(last) : null
  return { items: page.map((row) => presentBill(row, viewer)), nextCursor }
}
