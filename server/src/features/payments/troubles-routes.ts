import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { countTroubles } from './count-troubles'
import { listTroubles } from './list-troubles'
import { resolveTrouble } from './resolve-trouble'
import { retryJob } from './retry-job'
import { retryPosting } from './retry-posting'
import { retryRefund } from './retry-refund'
import { troublesOperations } from './troubles-schema'

export const troublesRoutes = implement(troublesOperations, {
  'troubles.list': { limit: 'read', handle: listTroubles },
  'troubles.counts': { limit: 'read', handle: countTroubles },
  'troubles.resolve': {
    limit: 'write',
    handle: async (ctx, input) => {
      await resolveTrouble(ctx, input)
      return isDone
    },
  },
  'troubles.retryPosting': {
    limit: 'write',
    handle: async (ctx, input) => {
      await retryPosting(ctx, input)
      return isDone
    },
  },
  'troubles.retryRefund': {
    limit: 'write',
    handle: async (ctx, input) => {
      await retryRefund(ctx, input)
      return isDone
    },
  },
  'troubles.retryJob': {
    limit: 'write',
    handle: async (ctx, input) => {
      await retryJob(ctx, input)
      return isDone
    },
  },
})
