import type { Ctx } from '../../platforms/context'
import type { ConversationRow } from './entities'
import { lookerOf, messageScopeOf } from './looker'
import { seenConversation } from './own-conversation'
import { presentMessages } from './present-message'
import { messagesAfter, messagesBefore, recalledAmong } from './store'
import type { ChatMessage } from './views-schema'

export interface PageInput {
  readonly conversationId: string
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

export interface MessagePage {
  readonly row: ConversationRow
  readonly items: ChatMessage[]
  readonly more: boolean
  readonly changed: ChatMessage[]
}

/**
 * Messages of a conversation for whoever may read it, resident or staff: those after a number, or the last ones before
 * one, or else the last ones; in order always. With `after`, also earlier ones that were recalled and that the reader
 * may still show. Errors: not_found, busy.
 */
export async function listChatMessages(ctx: Ctx, input: PageInput): Promise<MessagePage> {
  ctx.pressure.assertCalm()
  const { reader } = ctx.db
  const looker = await lookerOf(ctx)
  const row = await seenConversation(reader, looker, input.conversationId)
  const { after, before = Number.MAX_SAFE_INTEGER, limit } = input
  const asked = { limit: limit + 1, scope: messageScopeOf(looker) }
  const [found, recalled] =
    after === undefined
      ? [await messagesBefore(reader, row.id, { ...asked, before }), []]
      : await Promise.all([
          messagesAfter(reader, row.id, { ...asked, after }),
          recalledAmong(reader, row.id, { upTo: after }),
        ])
  const rows = after === undefined ? found.slice(-limit) : found.slice(0, limit)
  const [items, changed] = await Promise.all([
    presentMessages(ctx, looker, row, rows),
    presentMessages(ctx, looker, row, recalled),
  ])
  return { row, items, changed, more: found.length > limit }
}
