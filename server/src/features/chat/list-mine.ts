import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { readPosition, writePosition } from './position'
import { presentConversations } from './present-conversation'
import { conversationsOfResident, FIRST_PAGE, unreadOfResident } from './store'
import type { Conversation } from './views-schema'

const PAGE = 20

/** The resident's conversations, newest first, and how many messages they have not read in all of them. */
export async function listMine(
  ctx: Ctx,
  input: { readonly cursor?: string | undefined },
): Promise<{ items: Conversation[]; unread: number; nextCursor: string | null }> {
  const { reader } = ctx.db
  const ids = await residentAliases(reader, residentOf(ctx).id)
  const after = input.cursor === undefined ? FIRST_PAGE : readPosition(input.cursor)
  const [rows, unread] = await Promise.all([
    conversationsOfResident(reader, ids, { after, limit: PAGE }),
    unreadOfResident(reader, ids),
  ])
  const last = rows.at(-1)
  return {
    items: await presentConversations(ctx, rows),
    unread,
    nextCursor: last && rows.length === PAGE ? writePosition({ at: last.lastAt, id: last.id }) : null,
  }
}
