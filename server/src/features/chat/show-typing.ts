import type { Ctx } from '../../platforms/context'
import { lookerOf } from './looker'
import { seenConversation } from './own-conversation'
import { wakeWatchers } from './wake'

/** Tells the other side that this one is writing; nothing is kept of it. Errors: not_found. */
export async function showTyping(ctx: Ctx, input: { readonly conversationId: string }): Promise<void> {
  const looker = await lookerOf(ctx)
  const row = await seenConversation(ctx.db.reader, looker, input.conversationId)
  if (row.state === 'closed') return
  const who =
    looker.side === 'resident'
      ? { id: looker.ids[0] ?? '', name: row.residentName }
      : { id: looker.staff.id, name: looker.staff.name }
  wakeWatchers(ctx, { typing: { conversationId: row.id, from: looker.side, ...who } })
}
