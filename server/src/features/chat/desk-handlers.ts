import * as shape from '../../core/http/shapes'
import type { Implementations } from '../../core/http/implement'
import { type Ctx, staffOf } from '../../platforms/context'
import { closeAtDesk } from './close-at-desk'
import type { deskOperations } from './desk-schema'
import type { ChatMessageRow, ConversationRow } from './entities'
import { findInChat } from './find-in-chat'
import { listCanned } from './list-canned'
import { listChatMessages } from './list-chat-messages'
import { listDeskChats } from './list-desk-chats'
import { makeChatRequest } from './make-chat-request'
import { markRead } from './mark-read'
import { seenConversation } from './own-conversation'
import { movesOf } from './policy'
import { presentDeskConversation } from './present-desk'
import { presentMessages } from './present-message'
import { readContext } from './read-context'
import { recallMessage } from './recall-message'
import { saveCanned } from './save-canned'
import { saveResidentNote } from './save-resident-note'
import { sendAtDesk } from './send-at-desk'
import { setChatHousehold } from './set-chat-household'
import { showTyping } from './show-typing'
import { takeChat } from './take-chat'
import { touchMySeat } from './touch-my-seat'
import { transferChat } from './transfer-chat'
import type { ChatMessage, DeskConversation } from './views-schema'

/** What agents do with conversations. */
export const deskHandlers: Implementations<Ctx, typeof deskOperations> = {
  'chatDesk.list': { limit: 'read', handle: listDeskChats },
  'chatDesk.get': {
    limit: 'read',
    handle: async (ctx, { conversationId }) => {
      const looker = { side: 'staff', staff: staffOf(ctx) } as const
      const row = await seenConversation(ctx.db.reader, looker, conversationId)
      return { ...(await shown(ctx, row)), may: movesOf(ctx, row) }
    },
  },
  'chatDesk.messages': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { row, items, more } = await listChatMessages(ctx, input)
      return { ...(await shown(ctx, row)), items, more }
    },
  },
  'chatDesk.find': {
    limit: 'read',
    handle: async (ctx, input) => ({ items: await findInChat(ctx, input) }),
  },
  'chatDesk.context': { limit: 'read', handle: readContext },
  'chatDesk.send': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => sent(ctx, await sendAtDesk(ctx, input)),
  },
  'chatDesk.recall': {
    limit: 'write',
    handle: async (ctx, input) => sent(ctx, await recallMessage(ctx, input)),
  },
  'chatDesk.markRead': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => {
      await markRead(ctx, input)
      return shape.isDone
    },
  },
  'chatDesk.typing': {
    limit: 'read',
    keepsClientId: true,
    handle: async (ctx, input) => {
      await showTyping(ctx, input)
      await touchMySeat(ctx)
      return shape.isDone
    },
  },
  'chatDesk.take': { limit: 'write', handle: async (ctx, input) => shown(ctx, await takeChat(ctx, input)) },
  'chatDesk.transfer': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await transferChat(ctx, input)),
  },
  'chatDesk.close': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await closeAtDesk(ctx, input)),
  },
  'chatDesk.setHousehold': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await setChatHousehold(ctx, input)),
  },
  'chatDesk.makeRequest': {
    limit: 'write',
    handle: async (ctx, input) => {
      const { conversation, request } = await makeChatRequest(ctx, input)
      return { ...(await shown(ctx, conversation)), requestId: request.id, number: request.number }
    },
  },
  'chatDesk.saveNote': {
    limit: 'write',
    handle: async (ctx, input) => {
      await saveResidentNote(ctx, input)
      return shape.isDone
    },
  },
  'chatDesk.canned': { limit: 'read', handle: listCanned },
  'chatDesk.saveCanned': { limit: 'write', handle: saveCanned },
}

async function shown(ctx: Ctx, row: ConversationRow): Promise<{ conversation: DeskConversation }> {
  return { conversation: await presentDeskConversation(ctx, row) }
}

async function sent(
  ctx: Ctx,
  { message, conversation }: { message: ChatMessageRow; conversation: ConversationRow },
): Promise<{ message: ChatMessage; conversation: DeskConversation }> {
  const looker = { side: 'staff', staff: staffOf(ctx) } as const
  const [said] = await presentMessages(ctx, looker, conversation, [message])
  if (!said) throw new Error('one message is presented as one')
  return { message: said, ...(await shown(ctx, conversation)) }
}
