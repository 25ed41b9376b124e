import type { Ctx } from '../../platforms/context'
import { inboxPage, sortOf } from '../requests'
import { decodePosition, encodePosition, inboxFilter, type InboxQuery } from './inbox-query'
import { presentRows } from './present-row'
import type { DeskRow } from './schema'

/** One page of the requests in my scope that the filter means, the nearest due first unless another order is asked. */
export async function listInbox(
  ctx: Ctx,
  query: InboxQuery & { cursor?: string | undefined; limit: number },
): Promise<{ items: DeskRow[]; nextCursor: string | null }> {
  const filter = await inboxFilter(ctx, query)
  if (!filter) return { items: [], nextCursor: null }
  const sort = sortOf(filter, query.sort)
  const after = query.cursor === undefined ? null : decodePosition(sort, query.cursor)
  const rows = await inboxPage(ctx.db.reader, filter, { sort, after, limit: query.limit + 1 })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    items: await presentRows(ctx, shown),
    nextCursor: last ? encodePosition(sort, { id: last.id, at: placeOf(last, sort) }) : null,
  }
}

export function placeOf(row: { nextDueAt: number; updatedAt: number }, sort: string): number {
  if (sort === 'due') return row.nextDueAt
  return sort === 'updated' ? row.updatedAt : 0
}
