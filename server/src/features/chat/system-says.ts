import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { appendMessage } from './append-message'
import type { ChatMessageRow, ConversationRow } from './entities'

/**
 * What happened, as a line in the conversation that this transaction has locked, such as 客服王芳接入，为您服务. `event`
 * is its name for programs. Answers the conversation after it.
 */
export async function systemSays(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  event: string,
  words: string,
  how: {
    /** `note` for what only colleagues read. */
    readonly audience?: ChatMessageRow['audience']
    /** Where the same event must stand there once, a name for it. */
    readonly once?: string
  } = {},
): Promise<ConversationRow> {
  const added = await appendMessage(tx, ctx, conversation, {
    senderKind: 'system',
    senderId: '',
    senderName: '',
    clientId: how.once ?? ctx.ids.next(),
    audience: how.audience ?? 'all',
    body: { kind: 'event', event, text: words },
  })
  return added.conversation
}
