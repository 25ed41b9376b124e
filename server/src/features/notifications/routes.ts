import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { listMessages } from './list-messages'
import { confirmEmail } from './confirm-email'
import { historyMessages } from './history-messages'
import { listCredits } from './list-credits'
import { listSwitches } from './list-switches'
import { markMessagesRead } from './mark-messages-read'
import { presentMessage } from './present'
import { recordSubscription } from './record-subscription'
import { reportMessages } from './report-messages'
import { resumeRest } from './resume-rest'
import { notificationsOperations } from './schema'
import { sendEmailCode } from './send-email-code'
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
  'messages.sendEmailCode': { limit: 'write', handle: (ctx, input) => sendEmailCode(ctx, input) },
  'messages.confirmEmail': {
    limit: 'write',
    handle: async (ctx, input) => {
      await confirmEmail(ctx, input)
      return isDone
    },
  },
  'messages.report': { limit: 'read', handle: (ctx, input) => reportMessages(ctx, input) },
  'messages.history': { limit: 'read', handle: (ctx, input) => historyMessages(ctx, input) },
  'messages.resume': {
    limit: 'write',
    handle: async (ctx, input) => {
      await resumeRest(ctx, input)
      return isDone
    },
  },
})
