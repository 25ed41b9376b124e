import { type Ctx, staffOf } from '../../platforms/context'
import { seenConversation } from './own-conversation'
import { presentMessages } from './present-message'
import { messagesAfter } from './store'
import { openContent, type StoredContent } from './stored-content'
import type { ChatMessage } from './views-schema'

/** Words are sealed, so they are opened and read; a conversation is never longer than this many pages. */
const PAGE = 500
const PAGES_MOST = 10
const FOUND_MOST = 50

/** Messages of one conversation that hold these words, in order. Errors: not_found. */
export async function findInChat(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly q: string },
): Promise<ChatMessage[]> {
  const { reader } = ctx.db
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  const conversation = await seenConversation(reader, looker, input.conversationId)
  const wanted = input.q.toLowerCase()
  const found = []
  let after = 0
  for (let page = 0; page < PAGES_MOST && found.length < FOUND_MOST; page++) {
    const rows = await messagesAfter(reader, conversation.id, { after, limit: PAGE, scope: 'staff' })
    for (const row of rows) {
      if (saidIn(openContent(ctx, row)).toLowerCase().includes(wanted)) found.push(row)
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.seq
  }
  return presentMessages(ctx, looker, conversation, found.slice(0, FOUND_MOST))
}

function saidIn(body: StoredContent | null): string {
  if (body?.kind === 'voice') return body.words ?? ''
  return (body && 'text' in body ? body.text : null) ?? ''
}
