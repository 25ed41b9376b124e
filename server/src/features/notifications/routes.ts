import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { listMessages } from './list-messages'
import { markMessagesRead } from './mark-messages-read'
import { presentMessage } from './present'
import { recordSubscription } from './record-subscription'
import { notificationsOperations } from './schema'

export const notificationsRoutes = implement(notificationsOperations, {
  'messages.list': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { rows, nextCursor, unread } = await listMessages(ctx, input)
      return { items: rows.map(presentMessage), nextCursor, unread }
    },
  },
  'messages.markRead': {
    limit: 'write',
    handle: async (ctx, input) => {
      await markMessagesRead(ctx, input.upToMessageId)
      return isDone
    },
  },
  'messages.recordSubscription': {
    limit: 'write',
    handle: async (ctx, input) => {
      await recordSubscription(ctx, input)
      return isDone
    },
  },
})
