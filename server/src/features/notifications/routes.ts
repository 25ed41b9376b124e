import { AppError } from '../../core/errors'
import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { listMessages } from './list-messages'
import { listCredits } from './list-credits'
import { listSwitches } from './list-switches'
import { markMessagesRead } from './mark-messages-read'
import { presentMessage } from './present'
import { recordSubscription } from './record-subscription'
import { resumeRest } from './resume-rest'
import { notificationsOperations } from './schema'
import { setSwitch } from './set-switch'

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
  'messages.credits': {
    limit: 'read',
    handle: async (ctx) => ({ credits: await listCredits(ctx) }),
  },
  'messages.switches': { limit: 'read', handle: (ctx) => listSwitches(ctx) },
  'messages.setSwitch': {
    limit: 'write',
    handle: async (ctx, input) => {
      await setSwitch(ctx, input)
      return isDone
    },
  },
  'messages.sendEmailCode': {
    limit: 'write',
    handle: () => Promise.reject(new AppError('platform_unavailable')),
  },
  'messages.confirmEmail': {
    limit: 'write',
    handle: () => Promise.reject(new AppError('platform_unavailable')),
  },
  'messages.report': {
    limit: 'read',
    handle: (ctx) => Promise.resolve({ rows: [], budgets: [], rests: [], asOf: ctx.clock.now() }),
  },
  'messages.history': {
    limit: 'read',
    handle: () => Promise.resolve({ items: [], nextCursor: null }),
  },
  'messages.resume': {
    limit: 'write',
    handle: async (ctx, input) => {
      await resumeRest(ctx, input)
      return isDone
    },
  },
})
