import * as shape from '../../core/http/shapes'
import type { Implementations } from '../../core/http/implement'
import type { Ctx } from '../../platforms/context'
import { listTopics } from '../knowledge'
import type { ChatMessageRow, ConversationRow } from './entities'
import { listChatMessages } from './list-chat-messages'
import { listMine } from './list-mine'
import { lookerOf } from './looker'
import { mailTranscript } from './mail-transcript'
import { makeTicket } from './make-ticket'
import { markRead } from './mark-read'
import { openChat, topicsOf } from './open-chat'
import { presentConversation } from './present-conversation'
import { presentMessages } from './present-message'
import { readTranscript } from './read-transcript'
import { recallMessage } from './recall-message'
import type { chatOperations } from './schema'
import { sendMessage } from './send-message'
import { showTyping } from './show-typing'
import type { ChatMessage, Conversation } from './views-schema'

type Core = Pick<
  typeof chatOperations,
  | 'chat.open'
  | 'chat.mine'
  | 'chat.messages'
  | 'chat.send'
  | 'chat.recall'
  | 'chat.markRead'
  | 'chat.typing'
  | 'chat.transcript'
  | 'chat.mailTranscript'
  | 'chat.ticket'
>

const NEWEST = 30

/** The conversation itself, for its resident. A message keeps its client id on its own row. */
export const coreHandlers: Implementations<Ctx, Core> = {
  'chat.open': {
    limit: 'read',
    handle: async (ctx, input) => {
      const row = await openChat(ctx, input)
      const { items } = await listChatMessages(ctx, { conversationId: row.id, limit: NEWEST })
      const { items: asked } = await listTopics(ctx, { companyId: row.companyId })
      return {
        conversation: await presentConversation(ctx, row),
        messages: items,
        quick: asked.map(({ articleId, title }) => ({ articleId, title })),
        topics: topicsOf(ctx, row.companyId),
      }
    },
  },
  'chat.mine': { limit: 'read', handle: listMine },
  'chat.messages': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { row, items, more, changed } = await listChatMessages(ctx, input)
      return { conversation: await presentConversation(ctx, row), items, more, changed }
    },
  },
  'chat.send': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => sent(ctx, await sendMessage(ctx, input)),
  },
  'chat.recall': { limit: 'write', handle: async (ctx, input) => sent(ctx, await recallMessage(ctx, input)) },
  'chat.markRead': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => {
      await markRead(ctx, input)
      return shape.isDone
    },
  },
  'chat.typing': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => {
      await showTyping(ctx, input)
      return shape.isDone
    },
  },
  'chat.transcript': { limit: 'read', handle: readTranscript },
  'chat.mailTranscript': {
    limit: 'write',
    handle: async (ctx, input) => {
      await mailTranscript(ctx, input)
      return shape.isDone
    },
  },
  'chat.ticket': { limit: 'read', keepsClientId: true, handle: makeTicket },
}

async function sent(
  ctx: Ctx,
  { message, conversation }: { message: ChatMessageRow; conversation: ConversationRow },
): Promise<{ message: ChatMessage; conversation: Conversation }> {
  const [shown] = await presentMessages(ctx, await lookerOf(ctx), conversation, [message])
  if (!shown) throw new Error('one message is presented as one')
  return { message: shown, conversation: await presentConversation(ctx, conversation) }
}
