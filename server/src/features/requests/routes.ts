import * as shape from '../../core/http/shapes'
import type { Ctx } from '../../platforms/context'
import { implement } from '../../platforms/feature'
import { actByLink } from './act-by-link'
import { addToRequest } from './add-to-request'
import { answerRestored } from './answer-restored'
import { answerSurvey } from './answer-survey'
import { cancelRequest } from './cancel-request'
import { changeAppointment } from './change-appointment'
import type { RequestRow } from './entities'
import { followRequest } from './follow-request'
import { getRequest } from './get-request'
import { listRequests } from './list-requests'
import { precheckRequest } from './precheck-request'
import { presentRequest } from './present-request'
import { presentSummaries } from './present-summaries'
import { rateRequest } from './rate-request'
import { readByLink } from './read-by-link'
import { reopenRequest } from './reopen-request'
import { requestsOperations } from './schema'
import { submitRequest } from './submit-request'
import { urgeRequest } from './urge-request'

const shown = async (ctx: Ctx, row: RequestRow) => ({
  request: await presentRequest(ctx, row, { kind: 'owner' }),
})

/** What the holder of a link sees, read anew, because an act may have changed more than the row. */
async function shownByLink(ctx: Ctx, token: string) {
  return { request: await presentRequest(ctx, await readByLink(ctx, { token }), { kind: 'link', token }) }
}

export const requestsRoutes = implement(requestsOperations, {
  'requests.precheck': { limit: 'read', handle: precheckRequest },
  'requests.submit': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await submitRequest(ctx, input)),
  },
  'requests.list': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { rows, nextCursor, myIds } = await listRequests(ctx, input)
      return { items: await presentSummaries(ctx, rows, myIds), nextCursor }
    },
  },
  'requests.get': {
    limit: 'read',
    handle: async (ctx, input) => {
      const { row, viewer } = await getRequest(ctx, input)
      return { request: await presentRequest(ctx, row, viewer) }
    },
  },
  'requests.follow': {
    limit: 'write',
    handle: async (ctx, input) => {
      await followRequest(ctx, input)
      return shape.isDone
    },
  },
  'requests.add': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await addToRequest(ctx, input)),
  },
  'requests.urge': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await urgeRequest(ctx, input)),
  },
  'requests.cancel': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await cancelRequest(ctx, input)),
  },
  'requests.rate': {
    limit: 'write',
    handle: async (ctx, input) => {
      const { request, followUp } = await rateRequest(ctx, input)
      return {
        ...(await shown(ctx, request)),
        followUp: followUp && { id: followUp.id, number: followUp.number },
      }
    },
  },
  'requests.reopen': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await reopenRequest(ctx, input)),
  },
  'requests.changeAppointment': {
    limit: 'write',
    handle: async (ctx, input) => shown(ctx, await changeAppointment(ctx, input)),
  },
  'requests.answerSurvey': {
    limit: 'write',
    handle: async (ctx, input) => {
      await answerSurvey(ctx, input)
      return shape.isDone
    },
  },
  'requests.answerRestored': {
    limit: 'write',
    handle: async (ctx, input) => ({ request: await answerRestored(ctx, input) }),
  },
  'requests.byLink': { limit: 'read', handle: (ctx, { token }) => shownByLink(ctx, token) },
  'requests.actByLink': {
    limit: 'write',
    handle: async (ctx, input) => {
      await actByLink(ctx, input)
      return shownByLink(ctx, input.token)
    },
  },
})
