import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { readable, type ReadableMessage } from './inbox-message'
import { countUnread, messagesOf } from './store'

/** One page of my inbox and how much of it is unread. */
export async function listMessages(
  ctx: Ctx,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ rows: ReadableMessage[]; nextCursor: string | null; unread: number }> {
  const { reader } = ctx.db
  const ids = await residentAliases(reader, residentOf(ctx).id)
  const rows = await messagesOf(reader, ids, page.cursor ?? null, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return {
    rows: await readable(reader, shown),
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
    unread: await countUnread(reader, ids),
  }
}
