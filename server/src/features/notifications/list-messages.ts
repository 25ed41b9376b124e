import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { countUnread, messagesOf } from './store'
import type { MessageRow } from './entities'

/** One page of my inbox and how much of it is unread. */
export async function listMessages(
  ctx: Ctx,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ rows: MessageRow[]; nextCursor: string | null; unread: number }> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const rows = await messagesOf(ctx.db.reader, ids, page.cursor ?? null, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return {
    rows: shown,
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
    unread: await countUnread(ctx.db.reader, ids),
  }
}
