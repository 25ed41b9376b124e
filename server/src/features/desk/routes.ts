import { implement } from '../../platforms/feature'
import { bookVisit } from './book-visit'
import { bulkMoveRequests } from './bulk-move-requests'
import { cancelVisit } from './cancel-visit'
import { checkLine } from './check-line'
import { classifyRequest } from './classify-request'
import { countInbox } from './count-inbox'
import { createDeskRequest } from './create-desk-request'
import { decideExport } from './decide-export'
import { exportInbox } from './export-inbox'
import { findHousehold } from './find-household'
import { getDeskRequest } from './get-desk-request'
import { holdVisit } from './hold-visit'
import { judgeWords } from './judge-words'
import { linkNotice } from './link-notice'
import { linkRequests } from './link-requests'
import { listExports } from './list-exports'
import { listInbox } from './list-inbox'
import { listReplies } from './list-replies'
import { listViews } from './list-views'
import { listVisitSlots } from './list-visit-slots'
import { lookAtRequest } from './look-at-request'
import { mergeRequests } from './merge-requests'
import { moveDeskRequest } from './move-desk-request'
import { noteRequest } from './note-request'
import { replyToResident } from './reply-to-resident'
import { REPLY_VARIABLES } from './reply-words'
import { saveReply } from './save-reply'
import { saveView } from './save-view'
import { deskOperations } from './schema'
import { showCallPhone } from './show-call-phone'
import { splitRequests } from './split-requests'
import { takeExport } from './take-export'
import { unmaskField } from './unmask-field'

const variables = [...REPLY_VARIABLES]

export const deskRoutes = implement(deskOperations, {
  'desk.list': { limit: 'read', handle: listInbox },
  'desk.counts': { limit: 'read', handle: countInbox },
  'desk.get': {
    limit: 'read',
    handle: async (ctx, { requestId }) => ({ request: await getDeskRequest(ctx, requestId) }),
  },
  'desk.look': {
    limit: 'read',
    handle: async (ctx, { requestId, looking }) => ({
      lookers: await lookAtRequest(ctx, { requestId, looking: looking === 'yes' }),
    }),
  },
  'desk.move': {
    limit: 'write',
    handle: async (ctx, input) => {
      await moveDeskRequest(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.bulk': {
    limit: 'write',
    handle: async (ctx, input) => ({ results: await bulkMoveRequests(ctx, input) }),
  },
  'desk.note': {
    limit: 'write',
    handle: async (ctx, input) => {
      await noteRequest(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.reply': {
    limit: 'write',
    handle: async (ctx, input) => {
      await replyToResident(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.judgeWords': {
    limit: 'write',
    handle: async (ctx, input) => {
      await judgeWords(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.check': {
    limit: 'write',
    handle: async (ctx, input) => {
      await checkLine(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.slots': { limit: 'read', handle: listVisitSlots },
  'desk.holdVisit': { limit: 'write', handle: holdVisit },
  'desk.bookVisit': {
    limit: 'write',
    handle: async (ctx, input) => {
      await bookVisit(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.cancelVisit': {
    limit: 'write',
    handle: async (ctx, input) => {
      await cancelVisit(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.classify': {
    limit: 'write',
    handle: async (ctx, input) => {
      await classifyRequest(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.create': {
    limit: 'write',
    handle: async (ctx, input) => {
      const { requestId, followUrl } = await createDeskRequest(ctx, input)
      return { request: await getDeskRequest(ctx, requestId), followUrl }
    },
  },
  'desk.merge': {
    limit: 'write',
    handle: async (ctx, input) => {
      await mergeRequests(ctx, input)
      return { request: await getDeskRequest(ctx, input.parentId) }
    },
  },
  'desk.split': {
    limit: 'write',
    handle: async (ctx, input) => {
      await splitRequests(ctx, input)
      return { done: true } as const
    },
  },
  'desk.link': {
    limit: 'write',
    handle: async (ctx, input) => {
      await linkRequests(ctx, input)
      return { request: await getDeskRequest(ctx, input.requestId) }
    },
  },
  'desk.linkNotice': {
    limit: 'write',
    handle: async (ctx, input) => ({ results: await linkNotice(ctx, input) }),
  },
  'desk.showCallPhone': { limit: 'write', handle: showCallPhone },
  'desk.unmask': { limit: 'write', handle: unmaskField },
  'desk.findHousehold': {
    limit: 'read',
    handle: async (ctx, input) => ({ households: await findHousehold(ctx, input) }),
  },
  'desk.export': { limit: 'write', handle: exportInbox },
  'desk.exports': { limit: 'read', handle: listExports },
  'desk.decideExport': {
    limit: 'write',
    handle: async (ctx, input) => {
      await decideExport(ctx, input)
      return { done: true } as const
    },
  },
  'desk.takeExport': { limit: 'write', handle: takeExport },
  'views.list': { limit: 'read', handle: async (ctx) => ({ views: await listViews(ctx) }) },
  'views.save': { limit: 'write', handle: async (ctx, input) => ({ views: await saveView(ctx, input) }) },
  'replies.list': {
    limit: 'read',
    handle: async (ctx, input) => ({ templates: await listReplies(ctx, input), variables }),
  },
  'replies.save': {
    limit: 'write',
    handle: async (ctx, input) => ({ templates: await saveReply(ctx, input), variables }),
  },
})
